package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection, which all callers share: what they ask for at the same time leaves in one write.
 *
 * <p>{@link #send} and {@link #close} are thread-safe, all else is confined to the event loop.
 */
final class Pipeline extends ChannelInboundHandlerAdapter implements ReplySink {

    /** What leaves in one write at most, though never less than one call. */
    private static final int BATCH_BYTES_MAX = 256 * 1024;
    /** Checks in one reply timeout: it may be overstepped by the time between two. */
    private static final int CHECKS_PER_TIMEOUT = 4;

    private final String server;
    private final long incarnation;
    private final ClientSettings settings;
    private final Channel channel;
    private final ReplyParser parser;
    private final Queue<Call> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** Whether the queue will be looked at without anybody asking for it. */
    private final AtomicBoolean awake = new AtomicBoolean();

    private final ArrayDeque<Call> underWay = new ArrayDeque<>();
    /** Calls that were sent and answered so far; and for each write under way, how many had been sent after it. */
    private long sentCalls;

    private long answeredCalls;
    private final ArrayDeque<Long> writes = new ArrayDeque<>();
    private int nextOpaque;
    private long progress;
    private long progressChecked;
    private int checksInVain;
    /** Why it is over; null while it is not. */
    private volatile Call.@Nullable Failure end;

    /*
     * A caller that finds nothing under way is sent at once. While writesMax writes are under way the others wait, and the answer to the
     * first sends all that has gathered. The danger is a call that waits while nobody will look: so 'awake' is cleared before the queue is
     * read, and left set only where an answer is sure to come, or the end.
     */

    Pipeline(String server, long incarnation, ClientSettings settings, Channel channel) {
        this.server = server;
        this.incarnation = incarnation;
        this.settings = settings;
        this.channel = channel;
        this.parser = new ReplyParser(this, settings.valueBytesMax());
    }

    /** Queues a call, or fails it at once. */
    void send(Call call) {
        int taken = call.places();
        if (places.addAndGet(taken) > settings.callsMax() || bytes.get() > settings.bytesMax()) {
            places.addAndGet(-taken);
            call.fail((what, fate) -> new TooManyCallsException(
                    what + ": " + settings.callsMax() + " calls or " + settings.bytesMax()
                            + " bytes wait for an answer already. Ask for less at a time, or raise the limits",
                    fate,
                    null));
            return;
        }
        bytes.addAndGet(call.sizeBytes());
        queue.add(call);
        if (end != null || awake.compareAndSet(false, true)) {
            wake();
        }
    }

    private void wake() {
        try {
            channel.eventLoop().execute(this::drain);
        } catch (RejectedExecutionException shutDown) {
            failQueued((what, fate) ->
                    new ConnectionLostException(what + ": the client's threads have been shut down", fate, null));
        }
    }

    private void drain() {
        Call.Failure over = end;
        if (over != null) {
            failQueued(over);
            return;
        }
        awake.set(false);
        while (writes.size() < settings.writesMax() && channel.isWritable()) {
            if (!write()) {
                return;
            }
        }
        // An answer, or room in the socket, or the end: one of them comes here again.
        awake.set(true);
    }

    /** Sends what has gathered, up to a limit, and returns whether there was anything. */
    private boolean write() {
        Call call = queue.poll();
        if (call == null) {
            return false;
        }
        Map<MetaRequest, SharedRead> shared = Map.of();
        ByteBuf out = channel.alloc().ioBuffer((int) Math.min(call.sizeBytes() + 256, BATCH_BYTES_MAX));
        while (call != null) {
            if (call.abandoned()) {
                release(call);
            } else {
                if (call.hasOwn()) {
                    write(call, out);
                }
                call.markSent();
                shared = join(call, shared);
            }
            call = out.readableBytes() < BATCH_BYTES_MAX ? queue.poll() : null;
        }
        for (SharedRead each : shared.values()) {
            write(each, out);
        }
        if (out.isReadable()) {
            writes.add(sentCalls);
            var unused = channel.writeAndFlush(out, channel.voidPromise());
        } else {
            out.release();
        }
        return true;
    }

    private void write(Call call, ByteBuf out) {
        if (nextOpaque > Integer.MAX_VALUE - call.places() - 1) {
            nextOpaque = 0;
        }
        nextOpaque = call.writeTo(out, nextOpaque);
        underWay.add(call);
        sentCalls++;
    }

    private Map<MetaRequest, SharedRead> join(Call call, Map<MetaRequest, SharedRead> sharedSoFar) {
        Map<MetaRequest, SharedRead> shared = sharedSoFar;
        List<MetaRequest> wanted = call.shared();
        for (int i = 0; i < wanted.size(); i++) {
            if (shared.isEmpty()) {
                shared = new LinkedHashMap<>();
            }
            shared.computeIfAbsent(wanted.get(i), request -> new SharedRead(request, this::release))
                    .join(call, i);
        }
        return shared;
    }

    private void release(Call call) {
        places.addAndGet(-call.places());
        bytes.addAndGet(-call.sizeBytes());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long millis = Math.max(1, settings.replyTimeout().toMillis() / CHECKS_PER_TIMEOUT);
        var checks = context.executor().scheduleAtFixedRate(this::check, millis, millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            checks.cancel(false);
            finish((what, fate) -> new ConnectionLostException(
                    what + ": the connection ended before the reply came" + consequence(fate), fate, null));
        });
    }

    /** A call that makes no progress at all is given up, with its connection: one byte now and then is none. */
    private void check() {
        checksInVain = underWay.isEmpty() || progress != progressChecked ? 0 : checksInVain + 1;
        progressChecked = progress;
        if (checksInVain > CHECKS_PER_TIMEOUT) {
            finish((what, fate) -> new NoReplyException(
                    what + ": no reply within " + settings.replyTimeout().toMillis() + " ms" + consequence(fate),
                    fate,
                    null));
        }
    }

    private static String consequence(MemcachedException.Fate fate) {
        return fate == MemcachedException.Fate.UNKNOWN
                ? "; whether the server did it is not known"
                : "; it had not been sent";
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (end == null) {
                parser.parse(in);
            }
        } catch (MalformedReplyException malformed) {
            finish((what, fate) -> new PoisonedConnectionException(
                    what + ": " + server + " sent something else than a reply on this connection, which is closed"
                            + consequence(fate),
                    fate,
                    malformed));
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean answered = false;
        for (Long sent = writes.peek(); sent != null && sent <= answeredCalls; sent = writes.peek()) {
            writes.remove();
            answered = true;
        }
        if (answered) {
            drain();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        drain();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        finish((what, fate) ->
                new ConnectionLostException(what + ": the connection failed" + consequence(fate), fate, cause));
    }

    @Override
    public boolean expectsText() {
        Call first = underWay.peek();
        return first != null && first.expectsText();
    }

    @Override
    public void reply(MetaReply reply) throws MalformedReplyException {
        reply.incarnation = incarnation;
        if (due().reply(reply)) {
            answered();
        }
        progress++;
    }

    @Override
    public void text(String line) throws MalformedReplyException {
        if (due().text(line)) {
            answered();
        }
        progress++;
    }

    @Override
    public void error(ServerErrorException.Kind kind, String said) throws MalformedReplyException {
        Call call = due();
        boolean over = call.error(kind, said);
        // It may have read the value as commands, and will answer each of them.
        if (call.hasValue() && kind != ServerErrorException.Kind.SERVER_ERROR) {
            throw new MalformedReplyException("refuses a command that a value follows: '" + kind + " " + said + "'");
        }
        if (over) {
            answered();
        }
        progress++;
    }

    private Call due() throws MalformedReplyException {
        Call first = underWay.peek();
        if (first == null) {
            throw new MalformedReplyException("came although nothing was asked");
        }
        return first;
    }

    private void answered() {
        Call call = underWay.remove();
        if (call.complete()) {
            release(call);
        }
        answeredCalls++;
    }

    /** Returns whether calls may be sent. */
    boolean isOpen() {
        return end == null;
    }

    /** Ends it; what has no answer yet fails. */
    void close() {
        Call.Failure closed = (what, fate) ->
                new ConnectionLostException(what + ": the client was closed" + consequence(fate), fate, null);
        try {
            channel.eventLoop().execute(() -> finish(closed));
        } catch (RejectedExecutionException shutDown) {
            failQueued(closed);
        }
    }

    void finish(Call.Failure failure) {
        if (end != null) {
            return;
        }
        end = failure;
        var unused = channel.close();
        for (Call call = underWay.poll(); call != null; call = underWay.poll()) {
            call.fail(failure);
            release(call);
        }
        failQueued(failure);
    }

    private void failQueued(Call.Failure failure) {
        for (Call call = queue.poll(); call != null; call = queue.poll()) {
            call.fail(failure);
            release(call);
        }
    }
}
