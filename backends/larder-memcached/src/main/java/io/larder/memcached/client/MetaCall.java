package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;

/** One request with one reply. */
final class MetaCall extends Call {

    private final MetaRequest request;
    private final String server;
    final CompletableFuture<MetaReply> future = new CompletableFuture<>();
    private int opaque = -1;

    MetaCall(MetaRequest request, String server) {
        this.request = request;
        this.server = server;
    }

    @Override
    int places() {
        return 1;
    }

    @Override
    long sizeBytes() {
        return request.sizeBytes();
    }

    @Override
    boolean abandoned() {
        return future.isDone();
    }

    @Override
    int writeTo(ByteBuf out, int firstOpaque) {
        if (!request.command().carriesOpaque()) {
            request.writeTo(out, -1, false);
            return firstOpaque;
        }
        opaque = firstOpaque;
        request.writeTo(out, firstOpaque, false);
        return firstOpaque + 1;
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        check(request, reply, opaque);
        future.complete(reply);
        return true;
    }

    /** Refuses a reply that cannot answer this request, sent with this opaque. */
    static void check(MetaRequest request, MetaReply reply, int opaque) throws MalformedReplyException {
        check(request, reply);
        // Servers before 1.6.10 repeat no opaque for a miss; a miss in the wrong place gives nobody a wrong value.
        if (reply.opaque != opaque && !(reply.opaque < 0 && reply.status() == ReplyStatus.EN)) {
            throw new MalformedReplyException("has opaque " + reply.opaque + " where " + opaque + " was due");
        }
    }

    /** Refuses a reply that cannot answer this request. */
    static void check(MetaRequest request, MetaReply reply) throws MalformedReplyException {
        if (!request.command().answeredBy(reply, request.flags())) {
            throw new MalformedReplyException("says '" + reply.status() + "', which does not answer " + request);
        }
        byte[] repeated = reply.key;
        if (repeated != null && !request.repeats(repeated)) {
            throw new MalformedReplyException("repeats another key than that of " + request);
        }
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        future.completeExceptionally(refusal(request, server, kind, said));
        return true;
    }

    static ServerErrorException refusal(
            MetaRequest request, String server, ServerErrorException.Kind kind, String said) {
        return new ServerErrorException(
                request + " on " + server + " failed", kind, said, MemcachedException.Fate.NOT_DONE);
    }

    @Override
    boolean hasValue() {
        return request.hasValue();
    }

    @Override
    void fail(Failure failure) {
        if (!future.isDone()) {
            future.completeExceptionally(failure.of(request + " on " + server + " failed", fate()));
        }
    }
}
