package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A classic command, answered by lines of text. */
final class TextCall<T> extends Call {

    /** Reads the answer of one command, line by line. */
    interface Lines<T> {

        /** Takes a line and returns whether it was the last one. */
        boolean line(String line) throws MalformedReplyException;

        /** Returns what has to complete before more lines are read, null if nothing. */
        default @Nullable CompletionStage<?> hold() {
            return null;
        }

        /** Returns what all lines said together. */
        T result();
    }

    private final String what;
    private final byte[] command;
    private final Lines<T> lines;
    final CompletableFuture<T> future = new CompletableFuture<>();

    /**
     * Makes one.
     *
     * @param what what failed if it fails; the command itself may contain a password
     */
    TextCall(String what, String command, Lines<T> lines) {
        this.what = what;
        this.command = command.getBytes(StandardCharsets.UTF_8);
        this.lines = lines;
    }

    @Override
    int places() {
        return 1;
    }

    @Override
    long sizeBytes() {
        return command.length;
    }

    @Override
    boolean abandoned() {
        return future.isDone();
    }

    @Override
    int writeTo(ByteBuf out, int opaque) {
        out.writeBytes(command).writeByte('\r').writeByte('\n');
        return opaque;
    }

    @Override
    boolean expectsText() {
        return true;
    }

    @Override
    boolean reply(MetaReply reply) throws MalformedReplyException {
        throw new MalformedReplyException("is one of the meta protocol where text was due");
    }

    @Override
    boolean text(String line) throws MalformedReplyException {
        // The only refusals that are no error line: of a listing, while another one runs.
        if (line.startsWith("BUSY") || line.startsWith("BADCLASS")) {
            return error(ServerErrorException.Kind.SERVER_ERROR, line);
        }
        boolean last = lines.line(line);
        if (last) {
            future.complete(lines.result());
        }
        return last;
    }

    @Override
    @Nullable
    CompletionStage<?> hold() {
        return lines.hold();
    }

    @Override
    boolean error(ServerErrorException.Kind kind, String said) {
        future.completeExceptionally(new ServerErrorException(what, kind, said, MemcachedException.Fate.NOT_DONE));
        return true;
    }

    @Override
    void fail(Failure failure) {
        if (!future.isDone()) {
            future.completeExceptionally(failure.of(what, fate()));
        }
    }
}
