package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Gets of values and nothing else, as classic {@code get}s of many keys: a server reads one line for all of them, and says nothing of
 * those that it does not have.
 */
final class ClassicGets extends OrderedCall {

    /** How many keys go on a line; a server answers a whole one before it turns to another connection. */
    static final int KEYS_PER_LINE = 100;

    private int linesEnded;

    ClassicGets(List<MetaRequest> own, List<MetaRequest> shared, String server) {
        super(own, shared, server);
    }

    /** Returns whether these requests can be sent so, and are enough to gain by it. */
    static boolean suit(List<MetaRequest> requests) {
        for (MetaRequest request : requests) {
            if (!request.asksForTheValueOnly()) {
                return false;
            }
        }
        return requests.size() > 1;
    }

    @Override
    boolean fitsOnALine() {
        return own.size() <= KEYS_PER_LINE;
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        for (int i = 0; i < own.size(); i++) {
            if (i % KEYS_PER_LINE == 0) {
                out.writeCharSequence(i == 0 ? "get" : "\r\nget", StandardCharsets.US_ASCII);
            }
            out.writeByte(' ').writeBytes(own.get(i).key());
        }
        out.writeByte('\r').writeByte('\n');
        return opaque;
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        if (reply.status() == ReplyStatus.END) {
            return endLine(() -> answer(MetaReply.MISS));
        }
        byte[] key = keyOf(reply);
        int found = ownAnswered;
        while (found < lineEnd() && !own.get(found).repeats(key)) {
            found++;
        }
        if (found == lineEnd()) {
            throw outOfTurn();
        }
        while (ownAnswered < found) {
            answer(MetaReply.MISS);
        }
        answer(reply);
        return false;
    }

    /** Returns the key of a value, and refuses what is none. */
    static byte[] keyOf(MetaReply reply) throws MalformedReplyException {
        byte[] key = reply.key;
        if (reply.status() != ReplyStatus.VA || key == null || reply.opaque >= 0) {
            throw new MalformedReplyException("says '" + reply.status() + "', which does not answer a classic get");
        }
        return key;
    }

    static MalformedReplyException outOfTurn() {
        return new MalformedReplyException("is a value that was not asked for, or out of turn");
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        return endLine(() -> refuse(kind, said));
    }

    /** Does the same with each request of the line that was not answered, and returns whether that was the last line. */
    private boolean endLine(Runnable answer) {
        int end = lineEnd();
        while (ownAnswered < end) {
            answer.run();
        }
        linesEnded++;
        return end == own.size();
    }

    private int lineEnd() {
        return Math.min(own.size(), (linesEnded + 1) * KEYS_PER_LINE);
    }

    /** None, and there may be no next request when the end of the last line is still to come. */
    @Override
    boolean hasValue() {
        return false;
    }
}
