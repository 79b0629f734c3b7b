package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the line a reply begins with. Thread-safe. */
final class ReplyLine {

    private static final int SHOWN_BYTES_MAX = 80;
    private static final int FLAGS_MAX = 32;
    private static final int UNSIGNED_DIGITS_MAX = 20;
    private static final long UNSIGNED_TENTH = Long.divideUnsigned(-1L, 10);
    private static final long CLIENT_FLAGS_MAX = 0xffff_ffffL;

    private static final byte[] VALUE = "VALUE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "END".getBytes(StandardCharsets.US_ASCII);

    private ReplyLine() {}

    /** Reads a line without control characters and without its end; of a value, only the announced length. */
    static MetaReply read(byte[] line, int length) throws MalformedReplyException {
        if (length < 2 || (length > 2 && line[2] != ' ')) {
            return classic(line, length);
        }
        MetaReply reply = new MetaReply(status(line, length));
        int at = 2;
        if (reply.status() == ReplyStatus.VA) {
            int end = tokenEnd(line, 3, length);
            reply.announcedBytes = number(line, 3, end, Integer.MAX_VALUE, length);
            at = end;
        }
        if (reply.status() == ReplyStatus.ME) {
            readDetails(reply, line, length);
        } else {
            readFlags(reply, line, at, length);
        }
        return reply;
    }

    /** Reads what answers a classic get: {@code VALUE <key> <flags> <bytes>}, and {@code END} behind the last one. */
    private static MetaReply classic(byte[] line, int length) throws MalformedReplyException {
        if (Arrays.equals(line, 0, length, END, 0, END.length)) {
            return new MetaReply(ReplyStatus.END);
        }
        if (!Arrays.equals(line, 0, Math.min(length, VALUE.length), VALUE, 0, VALUE.length)) {
            throw unknown(line, length);
        }
        int keyEnd = tokenEnd(line, VALUE.length, length);
        int flagsEnd = tokenEnd(line, keyEnd + 1, length);
        if (keyEnd == VALUE.length || keyEnd - VALUE.length > MetaRequest.KEY_BYTES_MAX) {
            throw malformed("repeats a key of impossible length in", line, length);
        }
        MetaReply reply = new MetaReply(ReplyStatus.VA);
        reply.key = Arrays.copyOfRange(line, VALUE.length, keyEnd);
        reply.clientFlags = number(line, keyEnd + 1, flagsEnd, CLIENT_FLAGS_MAX, length);
        reply.announcedBytes = number(line, flagsEnd + 1, length, Integer.MAX_VALUE, length);
        return reply;
    }

    private static ReplyStatus status(byte[] line, int length) throws MalformedReplyException {
        return switch ((line[0] << 8) | line[1]) {
            case ('H' << 8) | 'D' -> ReplyStatus.HD;
            case ('V' << 8) | 'A' -> ReplyStatus.VA;
            case ('E' << 8) | 'N' -> ReplyStatus.EN;
            case ('N' << 8) | 'F' -> ReplyStatus.NF;
            case ('N' << 8) | 'S' -> ReplyStatus.NS;
            case ('E' << 8) | 'X' -> ReplyStatus.EX;
            case ('M' << 8) | 'N' -> ReplyStatus.MN;
            case ('M' << 8) | 'E' -> ReplyStatus.ME;
            default -> throw unknown(line, length);
        };
    }

    private static void readFlags(MetaReply reply, byte[] line, int from, int length) throws MalformedReplyException {
        int flags = 0;
        int at = from;
        while (at < length) {
            if (line[at] == ' ') {
                at++;
                continue;
            }
            int end = tokenEnd(line, at, length);
            long bit = MetaFlags.bit(line[at]);
            if (bit == 0 || (reply.letters & bit) != 0 || ++flags > FLAGS_MAX) {
                throw malformed("has an unknown, repeated or superfluous flag in", line, length);
            }
            reply.letters |= bit;
            readFlag(reply, line, at, end, length);
            at = end;
        }
    }

    private static void readFlag(MetaReply reply, byte[] line, int at, int end, int length)
            throws MalformedReplyException {
        int token = at + 1;
        switch (line[at]) {
            case 'c' -> reply.cas = number(line, token, end, -1, length);
            case 't' -> reply.ttlSeconds = ttl(line, token, end, length);
            case 'f' -> reply.clientFlags = number(line, token, end, CLIENT_FLAGS_MAX, length);
            case 's' -> reply.sizeBytes = number(line, token, end, Long.MAX_VALUE, length);
            case 'l' -> reply.idleSeconds = number(line, token, end, Long.MAX_VALUE, length);
            case 'h' -> reply.hit = number(line, token, end, 1, length) == 1;
            case 'O' -> reply.opaque = number(line, token, end, Integer.MAX_VALUE, length);
            case 'k' -> {
                if (token == end || end - token > MetaRequest.KEY_BYTES_MAX) {
                    throw malformed("repeats a key of impossible length in", line, length);
                }
                reply.key = Arrays.copyOfRange(line, token, end);
            }
            case 'W', 'X', 'Z', 'b' -> {
                if (token != end) {
                    throw malformed("has a flag with a token it cannot have in", line, length);
                }
            }
            default -> {
                // A newer server's; who asks for it finds that it is there.
            }
        }
    }

    private static void readDetails(MetaReply reply, byte[] line, int length) throws MalformedReplyException {
        int keyEnd = tokenEnd(line, 3, length);
        if (keyEnd <= 3) {
            throw malformed("has no key in", line, length);
        }
        reply.key = Arrays.copyOfRange(line, 3, keyEnd);
        Map<String, String> details = new LinkedHashMap<>();
        int at = keyEnd;
        while (at < length) {
            if (line[at] == ' ') {
                at++;
                continue;
            }
            int end = tokenEnd(line, at, length);
            String token = new String(line, at, end - at, StandardCharsets.UTF_8);
            int equals = token.indexOf('=');
            if (equals < 1 || details.size() == FLAGS_MAX) {
                throw malformed("has details without a name, or too many, in", line, length);
            }
            details.put(token.substring(0, equals), token.substring(equals + 1));
            at = end;
        }
        reply.details = Map.copyOf(details);
    }

    private static int tokenEnd(byte[] line, int from, int length) {
        int end = from;
        while (end < length && line[end] != ' ') {
            end++;
        }
        return end;
    }

    private static long ttl(byte[] line, int from, int end, int length) throws MalformedReplyException {
        if (end - from == 2 && line[from] == '-' && line[from + 1] == '1') {
            return -1;
        }
        return number(line, from, end, Long.MAX_VALUE, length);
    }

    /** Returns an unsigned number of at most this size, which is unsigned too. */
    private static long number(byte[] line, int from, int end, long max, int length) throws MalformedReplyException {
        if (end <= from || end - from > UNSIGNED_DIGITS_MAX) {
            throw malformed("has a number without digits, or with too many, in", line, length);
        }
        long number = 0;
        for (int i = from; i < end; i++) {
            int digit = line[i] - '0';
            // Only the twentieth digit can be one too many.
            boolean fits = i - from < UNSIGNED_DIGITS_MAX - 1
                    || Long.compareUnsigned(number, UNSIGNED_TENTH) < 0
                    || (number == UNSIGNED_TENTH && digit <= 5);
            if (digit < 0 || digit > 9 || !fits) {
                throw malformed("has a number that is none, or too large, in", line, length);
            }
            number = number * 10 + digit;
        }
        if (Long.compareUnsigned(number, max) > 0) {
            throw malformed("has a number that is too large in", line, length);
        }
        return number;
    }

    private static MalformedReplyException unknown(byte[] line, int length) {
        return malformed("is no reply of the meta protocol:", line, length);
    }

    private static MalformedReplyException malformed(String what, byte[] line, int length) {
        return new MalformedReplyException(what + " '" + shown(line, length) + "'");
    }

    /** Returns the beginning of a line with everything unprintable as a dot. */
    static String shown(byte[] line, int length) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(length, SHOWN_BYTES_MAX); i++) {
            shown.append(line[i] >= ' ' && line[i] < 0x7f ? (char) line[i] : '.');
        }
        return length > SHOWN_BYTES_MAX ? shown.append('…').toString() : shown.toString();
    }
}
