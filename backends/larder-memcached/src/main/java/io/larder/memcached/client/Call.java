package io.larder.memcached.client;

import io.larder.memcached.client.MemcachedException.Fate;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of a server, from the queue to its answer. Confined to the connection's event loop once it was queued.
 *
 * <p>A call fails its futures itself, each with an exception of its own, for a shared one would show the stack of a stranger.
 */
abstract class Call {

    /** Makes the failure of one future: what it asked for leads the message. */
    @FunctionalInterface
    interface Failure {
        MemcachedException of(String what, Fate fate);
    }

    /** Whether it was written; from then on the server may do it. */
    private boolean sent;
    /** Whether its places are others' again. */
    private boolean gone;

    /** Returns how many places it takes in the queue; none if it is made of calls that are in it. */
    int places() {
        return 0;
    }

    /** Returns about how many bytes it holds until it is answered. */
    long sizeBytes() {
        return 0;
    }

    /** Returns whether nobody waits for it any more. */
    boolean abandoned() {
        return false;
    }

    /** Returns gets whose replies it takes from a read that others share. */
    List<MetaRequest> shared() {
        return List.of();
    }

    /** Takes the reply to one of the shared gets. */
    void sharedReply(int index, MetaReply reply) {
        throw new IllegalStateException("nothing was shared");
    }

    /** Takes an error line in place of the reply to one of the shared gets. */
    void sharedError(int index, ServerErrorException.Kind kind, String said) {
        throw new IllegalStateException("nothing was shared");
    }

    /** Takes the reply to one of its requests that stood on a line with others'. */
    void lineReply(int index, MetaReply reply) {
        throw new IllegalStateException("nothing was on a line");
    }

    /** Returns whether there is anything to write but shared gets. */
    boolean hasOwn() {
        return true;
    }

    /** Returns whether nothing is missing any more, once it was answered. */
    boolean complete() {
        return true;
    }

    /** Returns whether nobody had to be woken when it was completed: who waits is running, and looks for itself. */
    boolean wokeNobody() {
        return false;
    }

    /** Writes it, with opaques from this one on, and returns the next free one. */
    abstract int writeTo(ByteBuf out, int opaque);

    /** Returns whether it is answered by lines of text. */
    boolean expectsText() {
        return false;
    }

    /** Takes a reply and returns whether that was the last one. */
    abstract boolean reply(MetaReply reply) throws MalformedReplyException;

    /** Takes a line of text and returns whether that was the last one. */
    boolean text(String line) throws MalformedReplyException {
        throw new MalformedReplyException("is text where none was asked for");
    }

    /** Returns what has to complete before more text is read, null if nothing. */
    @Nullable
    CompletionStage<?> hold() {
        return null;
    }

    /** Takes an error line and returns whether that was the end of the call. */
    abstract boolean error(ServerErrorException.Kind kind, String said);

    /** Returns whether the server, refusing the call, may have taken its value for commands. */
    boolean hasValue() {
        return false;
    }

    /** Ends it without an answer. */
    abstract void fail(Failure failure);

    final void markSent() {
        sent = true;
    }

    /** Gives up its places, and returns false if it had none any more. */
    final boolean leave() {
        boolean first = !gone;
        gone = true;
        return first;
    }

    final Fate fate() {
        return sent ? Fate.UNKNOWN : Fate.NOT_DONE;
    }
}
