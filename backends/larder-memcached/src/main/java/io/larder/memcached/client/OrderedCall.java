package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Requests that nobody else's come between, and gets shared with others that leave in the same write; one future for all replies. */
class OrderedCall extends Call {

    private static final boolean[] NONE = {};

    final List<MetaRequest> own;
    private final List<MetaRequest> shared;
    private final String server;
    private final MetaReply[] replies;
    private final long sizeBytes;
    final CompletableFuture<List<MetaReply>> future = new CompletableFuture<>();
    private int firstOpaque;
    /** How many of them have been; in order, but for those on a line with others'. */
    int ownAnswered;

    private int missing;
    private boolean wokeNobody;
    /** Whether it must not stand on a line with others' gets, for such a line was refused. */
    private boolean alone;
    /** Of which shared gets the next reply is the refused write's, which may be older than the answer to come. */
    private boolean[] outdated = NONE;

    /** Returns one that takes the least of the server's time. */
    static OrderedCall of(List<MetaRequest> own, List<MetaRequest> shared, String server) {
        return ClassicGets.suit(own) ? new ClassicGets(own, shared, server) : new OrderedCall(own, shared, server);
    }

    OrderedCall(List<MetaRequest> own, List<MetaRequest> shared, String server) {
        this.own = own;
        this.shared = shared;
        this.server = server;
        this.missing = own.size() + shared.size();
        this.replies = new MetaReply[missing];
        long bytes = 0;
        for (MetaRequest request : own) {
            bytes += request.sizeBytes();
        }
        this.sizeBytes = bytes;
    }

    @Override
    int places() {
        return replies.length;
    }

    @Override
    long sizeBytes() {
        return sizeBytes;
    }

    @Override
    boolean abandoned() {
        return future.isDone();
    }

    @Override
    List<MetaRequest> shared() {
        return shared;
    }

    @Override
    boolean hasOwn() {
        return !own.isEmpty();
    }

    /** Returns whether all that it asks for itself may stand on one line with others' gets. */
    final boolean isLineGet() {
        return !alone && fitsOnALine();
    }

    boolean fitsOnALine() {
        return own.size() == 1 && own.get(0).asksForTheValueOnly();
    }

    /** Has all of it sent anew, after its line was refused and before anything it shares was answered. */
    final void leaveAlone() {
        alone = true;
        ownAnswered = 0;
        missing = replies.length;
        Arrays.fill(replies, null);
        outdated = new boolean[shared.size()];
        Arrays.fill(outdated, true);
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        firstOpaque = opaque;
        for (int i = 0; i < own.size(); i++) {
            MetaRequest request = own.get(i);
            request.writeTo(out, request.command().carriesOpaque() ? opaque + i : -1, false);
        }
        return opaque + own.size();
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        MetaRequest request = own.get(ownAnswered);
        MetaCall.check(request, reply, request.command().carriesOpaque() ? firstOpaque + ownAnswered : -1);
        answer(reply);
        return ownAnswered == own.size();
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        refuse(kind, said);
        return ownAnswered == own.size();
    }

    /** Answers the next request by a refusal. */
    final void refuse(ServerErrorException.Kind kind, String said) {
        answer(new MetaReply(MetaCall.refusal(own.get(ownAnswered), server, kind, said)));
    }

    /** Answers the next request. */
    final void answer(MetaReply reply) {
        take(ownAnswered++, reply);
    }

    @Override
    void lineReply(int index, MetaReply reply) {
        ownAnswered++;
        take(index, reply);
    }

    @Override
    void sharedReply(int index, MetaReply reply) {
        takeShared(index, reply);
    }

    @Override
    void sharedError(int index, ServerErrorException.Kind kind, String said) {
        takeShared(index, new MetaReply(MetaCall.refusal(shared.get(index), server, kind, said)));
    }

    private void takeShared(int index, MetaReply reply) {
        if (index < outdated.length && outdated[index]) {
            outdated[index] = false;
        } else {
            take(own.size() + index, reply);
        }
    }

    @Override
    boolean complete() {
        return missing == 0;
    }

    @Override
    boolean wokeNobody() {
        return wokeNobody;
    }

    private void take(int index, MetaReply reply) {
        replies[index] = reply;
        missing--;
        if (missing == 0) {
            wokeNobody = future.getNumberOfDependents() == 0;
            future.complete(Collections.unmodifiableList(Arrays.asList(replies)));
        }
    }

    @Override
    boolean hasValue() {
        return own.get(ownAnswered).hasValue();
    }

    @Override
    void fail(Failure failure) {
        if (future.isDone()) {
            return;
        }
        MetaRequest first = own.isEmpty() ? shared.get(0) : own.get(0);
        String what = first + (replies.length == 1 ? "" : " and " + (replies.length - 1) + " more") + " on " + server
                + " failed";
        for (MetaReply reply : replies) {
            ServerErrorException refusal = reply == null ? null : reply.refusal();
            // It is why the connection ended, if it refused a store.
            if (refusal != null) {
                future.completeExceptionally(new ServerErrorException(what, refusal.kind(), refusal.said(), fate()));
            }
        }
        future.completeExceptionally(failure.of(what, fate()));
    }
}
