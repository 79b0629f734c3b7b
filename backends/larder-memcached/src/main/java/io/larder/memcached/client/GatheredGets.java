package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets of several callers, and behind them what they share, as one classic {@code get}, of which the server makes one answer. Confined to
 * one connection.
 *
 * <p>Callers who ask for the same key get the same reply. If the server refuses the line, each is asked for alone, so that nobody fails for
 * another's key.
 */
final class GatheredGets extends Call {

    /** A key, and who takes the reply: a call that asks for it as one of its requests, or a read that is shared. */
    private static final class Wanted {

        final MetaRequest request;
        final Call call;
        final int index;
        /** Who else does. */
        @Nullable
        Wanted also;

        Wanted(MetaRequest request, Call call, int index) {
            this.request = request;
            this.call = call;
            this.index = index;
        }
    }

    private final Consumer<Call> whenComplete;
    private final Consumer<Call> again;
    private final List<Wanted> line = new ArrayList<>();
    /** The keys of the line; null while it is one call's alone, as most are. */
    private @Nullable Map<MetaRequest, Wanted> byRequest;

    private boolean isShared;
    /** Keys before this one have been answered. */
    private int answered;

    /**
     * Makes a line with nothing on it yet.
     *
     * @param whenComplete is handed each call that thereby has all its replies
     * @param again is handed each call that has to be sent alone
     */
    GatheredGets(Consumer<Call> whenComplete, Consumer<Call> again) {
        this.whenComplete = whenComplete;
        this.again = again;
    }

    /** Returns what is to be sent: the line, or a call that does as well without it, as nobody shares it. */
    Call simplest() {
        return isShared ? this : line.get(0).call;
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    boolean hasRoomFor(OrderedCall call) {
        return line.size() + call.own.size() <= ClassicGets.KEYS_PER_LINE;
    }

    /** Adds a call that {@linkplain OrderedCall#isLineGet may stand on a line}. */
    void add(OrderedCall call) {
        Map<MetaRequest, Wanted> others = byRequest;
        if (others == null && !line.isEmpty()) {
            isShared = true;
            others = new HashMap<>(2 * ClassicGets.KEYS_PER_LINE);
            for (Wanted each : line) {
                others.put(each.request, each);
            }
            byRequest = others;
        }
        for (int i = 0; i < call.own.size(); i++) {
            Wanted wanted = new Wanted(call.own.get(i), call, i);
            Wanted same = others == null ? null : others.putIfAbsent(wanted.request, wanted);
            if (same == null) {
                line.add(wanted);
            } else {
                wanted.also = same.also;
                same.also = wanted;
            }
        }
    }

    /** Adds a get of a value that the server is to see after those of the calls; comes last. */
    void add(SharedRead read) {
        isShared = true;
        line.add(new Wanted(read.request(), read, 0));
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        out.writeCharSequence("get", StandardCharsets.US_ASCII);
        for (Wanted each : line) {
            out.writeByte(' ').writeBytes(each.request.key());
            for (Wanted wanted = each; wanted != null; wanted = wanted.also) {
                wanted.call.markSent();
            }
        }
        out.writeByte('\r').writeByte('\n');
        return opaque;
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        if (reply.status() == ReplyStatus.END) {
            missUntil(line.size());
            return true;
        }
        byte[] key = ClassicGets.keyOf(reply);
        int found = answered;
        while (found < line.size() && !line.get(found).request.repeats(key)) {
            found++;
        }
        if (found == line.size()) {
            throw ClassicGets.outOfTurn();
        }
        missUntil(found);
        end(line.get(answered++), reply);
        return false;
    }

    private void missUntil(int end) {
        while (answered < end) {
            end(line.get(answered++), MetaReply.MISS);
        }
    }

    private void end(Wanted key, MetaReply reply) {
        for (Wanted wanted = key; wanted != null; wanted = wanted.also) {
            // Each may do with its value what it likes, as soon as it has it.
            wanted.call.lineReply(wanted.index, wanted.also == null ? reply : reply.copy());
            if (wanted.call.complete()) {
                whenComplete.accept(wanted.call);
            }
        }
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        unanswered().forEach(again);
        return true;
    }

    @Override
    void fail(Failure failure) {
        for (Call call : unanswered()) {
            call.fail(failure);
            whenComplete.accept(call);
        }
    }

    /** Returns who still waits for a key of the line, in order, and leaves nobody. */
    private Set<Call> unanswered() {
        Set<Call> calls = new LinkedHashSet<>();
        while (answered < line.size()) {
            for (Wanted wanted = line.get(answered++); wanted != null; wanted = wanted.also) {
                calls.add(wanted.call);
            }
        }
        return calls;
    }
}
