package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets of several callers, and behind them what they share, as one classic {@code get}, of which the server makes one answer. Confined to
 * one connection.
 *
 * <p>Who asks for the same key gets the same reply. If the server refuses the line, each is asked for alone, so that nobody fails for
 * another's key.
 */
final class GatheredGets extends Call {

    /** A key, and who asks for it: callers, or a read that they share. */
    private record Wanted(
            MetaRequest request,
            List<OrderedCall> callers,
            @Nullable SharedRead shared) {}

    private final Consumer<Call> whenComplete;
    private final Consumer<Call> again;
    private final List<Wanted> line;
    /** Keys before this one have been answered. */
    private int answered;

    /**
     * Makes one of calls that ask for the value of one key each, and perhaps for shared ones.
     *
     * @param shared gets of values that the server is to see after those of the calls
     * @param whenComplete is handed each call that thereby has all its replies
     * @param again is handed each call that has to be sent alone
     */
    GatheredGets(List<OrderedCall> calls, List<SharedRead> shared, Consumer<Call> whenComplete, Consumer<Call> again) {
        this.whenComplete = whenComplete;
        this.again = again;
        this.line = new ArrayList<>(calls.size() + shared.size());
        Map<MetaRequest, Wanted> byRequest = new HashMap<>(2 * calls.size());
        for (OrderedCall call : calls) {
            Wanted wanted = byRequest.computeIfAbsent(call.own.get(0), this::wanted);
            wanted.callers.add(call);
            call.markSent();
        }
        for (SharedRead each : shared) {
            line.add(new Wanted(each.request(), List.of(), each));
        }
    }

    private Wanted wanted(MetaRequest request) {
        Wanted wanted = new Wanted(request, new ArrayList<>(1), null);
        line.add(wanted);
        return wanted;
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        out.writeCharSequence("get", StandardCharsets.US_ASCII);
        for (Wanted each : line) {
            out.writeByte(' ').writeBytes(each.request.key());
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

    private void end(Wanted wanted, MetaReply reply) {
        if (wanted.shared != null) {
            wanted.shared.hand(reply);
            return;
        }
        boolean isFirst = true;
        for (OrderedCall call : wanted.callers) {
            // Each may do with its value what it likes.
            call.answer(isFirst ? reply : reply.copy());
            isFirst = false;
            if (call.complete()) {
                whenComplete.accept(call);
            }
        }
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        while (answered < line.size()) {
            Wanted wanted = line.get(answered++);
            wanted.callers.forEach(again);
            if (wanted.shared != null) {
                again.accept(wanted.shared);
            }
        }
        return true;
    }

    @Override
    void fail(Failure failure) {
        while (answered < line.size()) {
            Wanted wanted = line.get(answered++);
            for (OrderedCall call : wanted.callers) {
                call.fail(failure);
                whenComplete.accept(call);
            }
            if (wanted.shared != null) {
                wanted.shared.fail(failure);
            }
        }
    }
}
