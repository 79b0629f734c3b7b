package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests in quiet mode, and a no-op behind them: what the server says nothing about before it answers the no-op went as expected.
 *
 * <p>An error line does not tell which request it is about. So whatever the server is silent about in such a batch fails too.
 */
final class QuietCall extends Call {

    private final List<MetaRequest> requests;
    private final String server;
    private final List<CompletableFuture<MetaReply>> futures;
    private int firstOpaque;
    /** Requests before this one have been answered, or were passed over. */
    private int next;

    private ServerErrorException.@Nullable Kind errorKind;
    private String errorSaid = "";
    private long sizeBytes;

    QuietCall(List<MetaRequest> requests, String server) {
        this.requests = List.copyOf(requests);
        this.server = server;
        this.futures = new ArrayList<>(requests.size());
        for (MetaRequest request : this.requests) {
            if (!request.command().carriesOpaque()) {
                throw new IllegalArgumentException(request + " must not be sent in quiet mode, which it does not know");
            }
            sizeBytes += request.sizeBytes();
            futures.add(new CompletableFuture<>());
        }
    }

    List<CompletableFuture<MetaReply>> futures() {
        return futures;
    }

    @Override
    int places() {
        return requests.size();
    }

    @Override
    long sizeBytes() {
        return sizeBytes;
    }

    @Override
    boolean abandoned() {
        return futures.stream().allMatch(CompletableFuture::isDone);
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        firstOpaque = opaque;
        for (int i = 0; i < requests.size(); i++) {
            requests.get(i).writeTo(out, opaque + i, true);
        }
        MetaRequest.noop().writeTo(out, -1, false);
        return opaque + requests.size();
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        if (reply.status() == ReplyStatus.MN) {
            end();
            return true;
        }
        int index = reply.opaque < firstOpaque ? -1 : (int) (reply.opaque - firstOpaque);
        // In order, as they were sent: a reply that comes again or late is somebody else's.
        if (index < next || index >= requests.size()) {
            throw new MalformedReplyException("has opaque " + reply.opaque + " where one from " + (firstOpaque + next)
                    + " to " + (firstOpaque + requests.size() - 1) + " was due");
        }
        MetaCall.check(requests.get(index), reply);
        futures.get(index).complete(reply);
        next = index + 1;
        return false;
    }

    /** Not before the no-op is answered: until then an error may come that is about one of those passed over. */
    private void end() {
        ServerErrorException.Kind kind = errorKind;
        for (int i = 0; i < requests.size(); i++) {
            CompletableFuture<MetaReply> future = futures.get(i);
            if (kind == null) {
                future.complete(requests.get(i).command().silence());
            } else if (!future.isDone()) {
                future.completeExceptionally(error(i, kind));
            }
        }
    }

    private ServerErrorException error(int index, ServerErrorException.Kind kind) {
        return new ServerErrorException(
                requests.get(index) + " on " + server + " failed, or another quiet request beside it",
                kind,
                errorSaid,
                fate());
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        errorKind = kind;
        errorSaid = said;
        return false;
    }

    @Override
    boolean hasValue() {
        return requests.stream().anyMatch(MetaRequest::hasValue);
    }

    @Override
    void fail(Failure failure) {
        ServerErrorException.Kind kind = errorKind;
        for (int i = 0; i < requests.size(); i++) {
            if (!futures.get(i).isDone()) {
                futures.get(i)
                        .completeExceptionally(
                                kind != null
                                        ? error(i, kind)
                                        : failure.of(requests.get(i) + " on " + server + " failed", fate()));
            }
        }
    }
}
