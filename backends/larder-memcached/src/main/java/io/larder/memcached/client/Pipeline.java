package io.larder.memcached.client;

import io.larder.memcached.client.MemcachedException.Fate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, which all callers share: its receiving half, with an {@link Outbox} for the other.
 *
 * <p>What queues calls and {@link #close} are thread-safe, all else is confined to the event loop.
 */
final class Pipeline extends ChannelInboundHandlerAdapter implements ReplySink {

    /** Checks in one reply timeout: it may be overstepped by the time between two. */
    private static final int CHECKS_PER_TIMEOUT = 4;

    private final String server;
    private final long incarnation;
    private final ClientSettings settings;
    private final LongSupplier nanos;
    private final Channel channel;
    private final ReplyParser parser;
    private final Outbox outbox;
    private long progress;
    private long progressChecked;
    private int checksInVain;
    private volatile @Nullable Refusal silence;

    /** Makes one of a channel and, if bytes may be written past the channel, its socket. */
    Pipeline(
            String server,
            long incarnation,
            ClientSettings settings,
            LongSupplier nanos,
            Channel channel,
            @Nullable SocketChannel socket) {
        this.server = server;
        this.incarnation = incarnation;
        this.settings = settings;
        this.nanos = nanos;
        this.channel = channel;
        this.parser = new ReplyParser(this, settings.valueBytesMax());
        this.outbox = new Outbox(settings, nanos, channel, socket);
    }

    /** Queues a call, or fails it at once. */
    void send(Call call) {
        outbox.send(call);
    }

    /** Queues calls that leave together, but for those that have to fail at once. */
    void sendAll(Collection<? extends Call> calls) {
        outbox.sendAll(calls);
    }

    /** Queues calls for the next {@link #drain}, and returns those that there is no room for. */
    List<Call> add(Collection<? extends Call> calls) {
        return outbox.add(calls);
    }

    /** Returns whether several callers wait at the moment. */
    boolean isCrowded() {
        return outbox.isCrowded();
    }

    /** Sees to it that what is queued leaves. */
    void drain() {
        outbox.drain();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long millis = Math.max(1, settings.replyTimeout().toMillis() / CHECKS_PER_TIMEOUT);
        // Not at a fixed rate: after a pause of the whole machine, the checks it missed would follow each other at
        // once.
        var checks = context.executor().scheduleWithFixedDelay(this::check, millis, millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            checks.cancel(false);
            outbox.end((what, fate) -> new ConnectionLostException(
                    what + ": the connection ended before the reply came" + fate.consequence(), fate, null));
        });
    }

    /** A call that makes no progress at all is given up, with its connection: one byte now and then is none. */
    private void check() {
        boolean idle = outbox.due() == null || !channel.config().isAutoRead();
        checksInVain = idle || progress != progressChecked ? 0 : checksInVain + 1;
        progressChecked = progress;
        if (checksInVain > CHECKS_PER_TIMEOUT) {
            Call.Failure failure = (what, fate) -> new NoReplyException(
                    what + ": no reply within " + settings.replyTimeout().toMillis() + " ms" + fate.consequence(),
                    fate,
                    null);
            silence = new Refusal((what, fate) -> failure.of(what, Fate.NOT_DONE), nanos.getAsLong());
            outbox.end(failure);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (outbox.isOpen()) {
                parser.parse(in);
            }
        } catch (MalformedReplyException malformed) {
            outbox.end(poisoned(malformed));
        } finally {
            in.release();
        }
    }

    private Call.Failure poisoned(MalformedReplyException malformed) {
        return (what, fate) -> new PoisonedConnectionException(
                what + ": " + server + " sent something else than a reply on this connection, which is closed"
                        + fate.consequence(),
                fate,
                malformed);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        outbox.land();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        outbox.end((what, fate) ->
                new ConnectionLostException(what + ": the connection failed" + fate.consequence(), fate, cause));
    }

    @Override
    public boolean expectsText() {
        Call first = outbox.due();
        return first != null && first.expectsText();
    }

    @Override
    public void reply(MetaReply reply) throws MalformedReplyException {
        reply.incarnation = incarnation;
        if (due().reply(reply)) {
            outbox.answered();
        }
        progress++;
    }

    @Override
    public void text(String line) throws MalformedReplyException {
        Call call = due();
        if (call.text(line)) {
            outbox.answered();
        }
        CompletionStage<?> hold = call.hold();
        if (hold != null && channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            var unused = hold.whenComplete((done, failure) -> channel.config().setAutoRead(true));
        }
        progress++;
    }

    @Override
    public void error(ServerErrorException.Kind kind, String said) throws MalformedReplyException {
        Call call = due();
        // It may have read the value as commands, and will answer each of them.
        if (call.hasValue() && kind != ServerErrorException.Kind.SERVER_ERROR) {
            MalformedReplyException poison =
                    new MalformedReplyException("refuses a command that a value follows: '" + kind + " " + said + "'");
            // Before the caller knows, or its next call would come here too.
            outbox.shut(poisoned(poison));
            call.error(kind, said);
            throw poison;
        }
        if (call.error(kind, said)) {
            outbox.answered();
        }
        progress++;
    }

    private Call due() throws MalformedReplyException {
        Call first = outbox.due();
        if (first == null) {
            throw new MalformedReplyException("came although nothing was asked");
        }
        return first;
    }

    /** Returns whether calls may be sent. */
    boolean isOpen() {
        return outbox.isOpen();
    }

    /** Returns why nobody is to wait for the server, if it owed an answer for so long that this was given up. */
    @Nullable
    Refusal silence() {
        return silence;
    }

    /** Ends it; what has no answer yet fails. */
    void close() {
        Call.Failure closed = (what, fate) ->
                new ConnectionLostException(what + ": the client was closed" + fate.consequence(), fate, null);
        try {
            channel.eventLoop().execute(() -> outbox.end(closed));
        } catch (RejectedExecutionException shutDown) {
            outbox.end(closed);
        }
    }
}
