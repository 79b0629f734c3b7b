package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies from whatever pieces they arrive in, and believes nothing: lines, lengths and memory have limits.
 *
 * <p>Confined to one thread. Once it has refused something it refuses everything, for nobody knows where the next reply would begin.
 */
final class ReplyParser {

    /** Longest line: a key of 250 bytes, url-encoded, with what a listing tells about it. */
    static final int LINE_BYTES_MAX = 2048;

    /** Memory taken for an announced value before any of it has come. */
    private static final int VALUE_BYTES_FIRST = 64 * 1024;
    /** Memory taken as it comes, so many times what has come: values of up to 1 MiB are copied once, and a sixteenth of them twice. */
    private static final int VALUE_GROWTH = 16;

    private static final int VALUE_END_BYTES = 2;
    private static final byte[] NOTHING = {};
    private static final List<ServerErrorException.Kind> ERRORS = List.of(ServerErrorException.Kind.values());

    private enum Awaits {
        LINE,
        VALUE,
        VALUE_END,
        NOTHING
    }

    private final ReplySink sink;
    private final int valueBytesMax;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private int lineBytes;
    private Awaits awaits = Awaits.LINE;

    /** The reply whose value is being read. */
    private @Nullable MetaReply pending;

    private byte[] value = NOTHING;
    private int valueBytes;
    private int valueBytesAnnounced;
    private int endBytes;

    /** Makes one that refuses values longer than this. */
    ReplyParser(ReplySink sink, int valueBytesMax) {
        this.sink = sink;
        this.valueBytesMax = valueBytesMax;
    }

    /** Reads all there is, and hands on what became complete. */
    void parse(ByteBuf in) throws MalformedReplyException {
        try {
            while (in.isReadable()) {
                switch (awaits) {
                    case LINE -> readLine(in);
                    case VALUE -> readValue(in);
                    case VALUE_END -> readValueEnd(in);
                    case NOTHING -> throw new MalformedReplyException("came after a malformed one");
                }
            }
        } catch (MalformedReplyException malformed) {
            awaits = Awaits.NOTHING;
            value = NOTHING;
            throw malformed;
        }
    }

    private void readLine(ByteBuf in) throws MalformedReplyException {
        int searched = Math.min(in.readableBytes(), LINE_BYTES_MAX - lineBytes);
        int found = in.indexOf(in.readerIndex(), in.readerIndex() + searched, (byte) '\n');
        int taken = found < 0 ? searched : found - in.readerIndex();
        in.readBytes(line, lineBytes, taken);
        lineBytes += taken;
        if (found >= 0) {
            in.skipBytes(1);
            endLine(in);
        } else if (lineBytes == LINE_BYTES_MAX) {
            throw new MalformedReplyException("has a line of more than " + LINE_BYTES_MAX + " bytes");
        }
    }

    private void endLine(ByteBuf in) throws MalformedReplyException {
        boolean whole = lineBytes > 0 && line[lineBytes - 1] == '\r';
        int length = whole ? lineBytes - 1 : lineBytes;
        lineBytes = 0;
        if (!PlainBytes.hasNoneBelow(' ', line, length)) {
            throw new MalformedReplyException("has a control character in '" + shown(length) + "'");
        }
        if (errorLine(length)) {
            return;
        }
        if (sink.expectsText()) {
            sink.text(text(0, length));
            return;
        }
        // A listing alone ends its lines without a carriage return.
        if (!whole) {
            throw new MalformedReplyException("has no carriage return after '" + shown(length) + "'");
        }
        MetaReply reply = ReplyLine.read(line, length);
        if (reply.status() == ReplyStatus.VA) {
            beginValue(reply, in);
        } else {
            sink.reply(reply);
        }
    }

    private boolean errorLine(int length) throws MalformedReplyException {
        // Most lines end here, at the first letter of none of these words.
        if (length == 0 || (line[0] != 'E' && line[0] != 'C' && line[0] != 'S')) {
            return false;
        }
        for (ServerErrorException.Kind kind : ERRORS) {
            String word = kind.name();
            if (begins(word, length) && (length == word.length() || line[word.length()] == ' ')) {
                sink.error(kind, text(Math.min(word.length() + 1, length), length));
                return true;
            }
        }
        return false;
    }

    private boolean begins(String word, int length) {
        boolean same = length >= word.length();
        for (int i = 0; same && i < word.length(); i++) {
            same = line[i] == word.charAt(i);
        }
        return same;
    }

    private void beginValue(MetaReply reply, ByteBuf in) throws MalformedReplyException {
        long announced = reply.announcedBytes;
        if (announced > valueBytesMax) {
            throw new MalformedReplyException(
                    "announces a value of " + announced + " bytes, more than the limit of " + valueBytesMax);
        }
        valueBytesAnnounced = (int) announced;
        if (in.readableBytes() >= announced + VALUE_END_BYTES) {
            // As most do: no write to the fields of this old object, of which the collector keeps books.
            byte[] whole = new byte[valueBytesAnnounced];
            in.readBytes(whole);
            requireEnd(in, '\r');
            requireEnd(in, '\n');
            reply.value = whole;
            sink.reply(reply);
            return;
        }
        pending = reply;
        valueBytes = 0;
        value = new byte[Math.min(valueBytesAnnounced, VALUE_BYTES_FIRST)];
        awaits = valueBytesAnnounced == 0 ? Awaits.VALUE_END : Awaits.VALUE;
    }

    private void readValue(ByteBuf in) {
        int taken = Math.min(in.readableBytes(), valueBytesAnnounced - valueBytes);
        if (valueBytes + taken > value.length) {
            long larger = Math.max(valueBytes + (long) taken, (long) VALUE_GROWTH * value.length);
            value = Arrays.copyOf(value, (int) Math.min(larger, valueBytesAnnounced));
        }
        in.readBytes(value, valueBytes, taken);
        valueBytes += taken;
        if (valueBytes == valueBytesAnnounced) {
            awaits = Awaits.VALUE_END;
        }
    }

    private void readValueEnd(ByteBuf in) throws MalformedReplyException {
        requireEnd(in, endBytes == 0 ? '\r' : '\n');
        endBytes++;
        MetaReply reply = pending;
        if (endBytes == VALUE_END_BYTES && reply != null) {
            reply.value = value;
            pending = null;
            value = NOTHING;
            endBytes = 0;
            awaits = Awaits.LINE;
            sink.reply(reply);
        }
    }

    private void requireEnd(ByteBuf in, char end) throws MalformedReplyException {
        if (in.readByte() != end) {
            throw new MalformedReplyException(
                    "has a value that does not end after the announced " + valueBytesAnnounced + " bytes");
        }
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private String shown(int length) {
        return ReplyLine.shown(line, length);
    }
}
