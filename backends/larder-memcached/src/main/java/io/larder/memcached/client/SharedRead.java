package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A get that leaves once, at the end of a write, for all calls of that write that want it. Confined to one connection. */
final class SharedRead extends Call {

    private record Joiner(Call call, int index) {}

    private final MetaRequest request;
    private final Consumer<Call> whenComplete;
    private final List<Joiner> joiners = new ArrayList<>();
    private int opaque;

    /** Makes one; the consumer is handed each call that thereby has all its replies. */
    SharedRead(MetaRequest request, Consumer<Call> whenComplete) {
        this.request = request;
        this.whenComplete = whenComplete;
    }

    /** Adds a call, which must have been queued already when this is written: it sees nothing older than its question. */
    void join(Call call, int index) {
        joiners.add(new Joiner(call, index));
    }

    MetaRequest request() {
        return request;
    }

    @Override
    int writeTo(ByteBuf out, int firstOpaque) {
        opaque = firstOpaque;
        request.writeTo(out, opaque, false);
        return firstOpaque + 1;
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        MetaCall.check(request, reply, opaque);
        lineReply(0, reply);
        return true;
    }

    @Override
    void lineReply(int index, MetaReply reply) {
        for (Joiner each : joiners) {
            each.call.sharedReply(each.index, reply);
            end(each);
        }
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        for (Joiner each : joiners) {
            each.call.sharedError(each.index, kind, said);
            end(each);
        }
        return true;
    }

    private void end(Joiner joiner) {
        if (joiner.call.complete()) {
            whenComplete.accept(joiner.call);
        }
    }

    @Override
    void fail(Failure failure) {
        for (Joiner each : joiners) {
            each.call.fail(failure);
            // It may be in no write any more, or in one that cannot complete it.
            whenComplete.accept(each.call);
        }
    }
}
