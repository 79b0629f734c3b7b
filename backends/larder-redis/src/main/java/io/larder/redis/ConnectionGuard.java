package io.larder.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what one connection has sent fails with it, and that one which owes answers in silence is given up. Confined to the
 * connection's event loop.
 *
 * <p>Without the first, Lettuce sends everything that was under way once more over the next connection (it keeps its replay filter to
 * what has not been sent), and a counter counts twice. Without the second, a server that hangs keeps its connections, and those
 * who wait for a fail-over wait for the one node that does not take part in it.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    /** The connection broke before the answer came; whether the server did what it was asked is not known. */
    static final class LostException extends RedisException {

        private static final long serialVersionUID = 1L;

        LostException() {
            super("The connection was lost before the answer came");
        }
    }

    private final CommandHandler commands;
    private final long silenceMillis;
    private @Nullable Future<?> checks;
    private boolean heard;
    private boolean owed;

    /**
     * Makes a guard of the connection whose answers {@code commands} awaits; it stands before that one.
     *
     * @param silenceMillis the connection is given up after this time of silence, and before twice this time; 0 for never
     */
    ConnectionGuard(CommandHandler commands, long silenceMillis) {
        this.commands = commands;
        this.silenceMillis = silenceMillis;
    }

    /** Called after the handshake, which has a time limit of its own. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (silenceMillis > 0) {
            // Not at a fixed rate: after a pause of the whole machine, the checks it missed would follow each other at
            // once.
            checks = context.executor()
                    .scheduleWithFixedDelay(() -> check(context), silenceMillis, silenceMillis, TimeUnit.MILLISECONDS);
        }
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (checks != null) {
            checks.cancel(false);
        }
        for (RedisCommand<?, ?, ?> command : commands.drainQueue()) {
            command.completeExceptionally(new LostException());
        }
        context.fireChannelInactive();
    }

    private void check(ChannelHandlerContext context) {
        boolean owes = !commands.getStack().isEmpty();
        if (owes && owed && !heard) {
            var unused = context.close();
        }
        owed = owes;
        heard = false;
    }
}
