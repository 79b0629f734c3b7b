package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: what callers ask for at the same time leaves in one write. Thread-safe.
 *
 * <p>A caller that finds no write under way writes to the socket itself, which spares a change of threads; and so do up to
 * {@code writesMax} callers while each of late was alone in its write, so that few do not wait for each other. The others' calls gather, and
 * the answer to a write sends them together.
 */
final class Outbox {

    /** What leaves in one write at most, though never less than one call. */
    private static final int BATCH_BYTES_MAX = 256 * 1024;
    /** Room in a buffer before it has to grow: that of the first call, and some more. */
    private static final int ROOM_BYTES_MAX = 16 << 20;

    private static final int ROOM_BYTES_MORE = 4 * 1024;
    /** Writes that one caller does for all before the event loop takes over. */
    private static final int TURNS_MAX = 4;

    /** For so long calls gather while others are under way: more than a server on the same machine needs for an answer. */
    static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ClientSettings settings;
    private final LongSupplier nanos;
    private final Channel channel;
    /** Null where bytes have to pass through the channel, as for TLS. */
    private final @Nullable SocketChannel socket;

    private final Queue<Call> queue = new ConcurrentLinkedQueue<>();
    /** The calls of each write that is under way, less those that were answered. */
    private final Queue<ArrayDeque<Call>> flights = new ConcurrentLinkedQueue<>();

    private final AtomicInteger flightsCount = new AtomicInteger();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** Who raises it from zero writes, and looks again for everybody who raised it meanwhile. */
    private final AtomicInteger lookers = new AtomicInteger();
    /** Whether the channel has bytes that the socket did not take yet. */
    private volatile boolean clogged;
    /** Why it is over; null while it is not. */
    private volatile Call.@Nullable Failure end;
    /** Used by who writes. */
    private int nextOpaque;
    /** When the last write began; used by who writes. */
    private long leftNanos;
    /** Whether it left something behind that there was no room for; used by who writes. */
    private boolean isCut;
    /** The most calls that left together of late, older ones counting for less; used by who writes. */
    private int crowd;
    /** Flights that all answers came to and that still count; used by the event loop. */
    private int landed;
    /** Callers that were answered since, without being woken; used by the event loop. */
    private int awake;

    /*
     * The danger is a call that waits while nobody will look. Whatever makes writing possible again, a flight that has landed, a channel
     * that is no longer clogged, or a new call, is visible before drain() raises 'lookers', so that either the writer sees it or looks again.
     * The same holds for the end: who adds a call or a flight looks for the end afterwards, and fails what it finds.
     */

    Outbox(ClientSettings settings, LongSupplier nanos, Channel channel, @Nullable SocketChannel socket) {
        this.settings = settings;
        this.nanos = nanos;
        this.channel = channel;
        this.socket = socket;
    }

    /** Queues a call, or fails it at once. */
    void send(Call call) {
        if (!add(call)) {
            call.fail(TooManyCallsException.beyond(settings, "an answer"));
            return;
        }
        drain();
    }

    /** Queues calls that leave together, but for those that have to fail at once. */
    void sendAll(Collection<? extends Call> calls) {
        List<Call> tooMany = add(calls);
        drain();
        tooMany.forEach(call -> call.fail(TooManyCallsException.beyond(settings, "an answer")));
    }

    /** Queues calls for the next {@link #drain}, and returns those that there is no room for. */
    List<Call> add(Collection<? extends Call> calls) {
        List<Call> tooMany = new ArrayList<>(0);
        for (Call call : calls) {
            if (!add(call)) {
                tooMany.add(call);
            }
        }
        return tooMany;
    }

    private boolean add(Call call) {
        int taken = call.places();
        if (places.addAndGet(taken) > settings.callsMax() || bytes.get() > settings.bytesMax()) {
            places.addAndGet(-taken);
            return false;
        }
        bytes.addAndGet(call.sizeBytes());
        queue.add(call);
        return true;
    }

    /** Sees to it that what is queued leaves. */
    void drain() {
        if (lookers.getAndIncrement() == 0) {
            write(TURNS_MAX);
        } else if (end != null) {
            failAll();
        }
    }

    /** Writes while it may and there is something, for as many turns, and leaves the rest to the event loop. */
    private void write(int turns) {
        int left = turns;
        int seen = lookers.get();
        do {
            while (end == null && !clogged && mayLeave() && !queue.isEmpty()) {
                if (left-- == 0 && execute(() -> write(Integer.MAX_VALUE))) {
                    return;
                }
                writeBatch();
            }
            if (end != null) {
                failAll();
            }
            seen = lookers.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Alone it may, or among few; else the next ones gather while an answer may come soon. */
    private boolean mayLeave() {
        int underWay = flightsCount.get();
        return underWay == 0
                || (underWay < settings.writesMax()
                        && (isCut || crowd <= 1 || nanos.getAsLong() - leftNanos >= GATHER_NANOS));
    }

    /** Returns whether several callers wait at the moment. */
    boolean isCrowded() {
        return !queue.isEmpty() || flightsCount.get() > 1;
    }

    private void writeBatch() {
        Call call = queue.poll();
        ArrayDeque<Call> flight = new ArrayDeque<>();
        GatheredGets line = newLine();
        Map<MetaRequest, SharedRead> shared = new LinkedHashMap<>(0);
        ByteBuf out = Unpooled.EMPTY_BUFFER;
        int gathered = 0;
        try {
            if (call != null) {
                out = channel.alloc().directBuffer((int) Math.min(call.sizeBytes(), ROOM_BYTES_MAX) + ROOM_BYTES_MORE);
            }
            while (call != null) {
                gathered++;
                if (call.abandoned()) {
                    release(call);
                } else {
                    line = encodeOrGather(call, line, out, flight);
                    join(call, shared);
                }
                call = out.readableBytes() < BATCH_BYTES_MAX ? queue.poll() : null;
            }
            encodeLast(line, shared.values(), out, flight);
        } catch (RuntimeException | OutOfMemoryError failed) {
            // Nothing of the buffer was sent, so the connection is as good as before.
            out.release();
            flight.addAll(shared.values());
            flight.add(line);
            if (call != null) {
                flight.add(call);
            }
            fail(flight, (what, fate) -> new MemcachedException(what + ": it could not be written", fate, failed));
            return;
        }
        if (flight.isEmpty()) {
            out.release();
            return;
        }
        leftNanos = nanos.getAsLong();
        isCut = out.readableBytes() >= BATCH_BYTES_MAX;
        crowd = Math.max(gathered, crowd - (crowd + 7) / 8);
        flightsCount.incrementAndGet();
        flights.add(flight);
        transmit(out);
    }

    private GatheredGets newLine() {
        return new GatheredGets(this::completed, this::sendAgain);
    }

    /** Lets gets of values that come one after the other wait for each other, and returns the line on which they stand. */
    private GatheredGets encodeOrGather(Call call, GatheredGets line, ByteBuf out, ArrayDeque<Call> flight) {
        OrderedCall get = call instanceof OrderedCall ordered && ordered.isLineGet() ? ordered : null;
        GatheredGets open = line;
        if (!line.isEmpty() && (get == null || !line.hasRoomFor(get))) {
            encode(line.simplest(), out, flight);
            open = newLine();
        }
        if (get == null) {
            encode(call, out, flight);
        } else {
            open.add(get);
        }
        return open;
    }

    /** Writes the last line of gets, with the shared ones that can stand on it, and behind it the others. */
    private void encodeLast(GatheredGets line, Collection<SharedRead> shared, ByteBuf out, ArrayDeque<Call> flight) {
        List<SharedRead> others = new ArrayList<>(0);
        for (SharedRead each : shared) {
            if (!line.isEmpty() && each.request().asksForTheValueOnly()) {
                line.add(each);
            } else {
                others.add(each);
            }
        }
        if (!line.isEmpty()) {
            encode(line.simplest(), out, flight);
        }
        others.forEach(each -> encode(each, out, flight));
    }

    /** Sends what was on a line that was refused; a get's place is still its own. */
    private void sendAgain(Call call) {
        if (call instanceof OrderedCall get) {
            get.leaveAlone();
        }
        queue.add(call);
    }

    private void encode(Call call, ByteBuf out, ArrayDeque<Call> flight) {
        if (nextOpaque > Integer.MAX_VALUE - call.places() - 1) {
            nextOpaque = 0;
        }
        if (call.hasOwn()) {
            nextOpaque = call.writeTo(out, nextOpaque);
            flight.add(call);
        }
        call.markSent();
    }

    private void join(Call call, Map<MetaRequest, SharedRead> shared) {
        List<MetaRequest> wanted = call.shared();
        for (int i = 0; i < wanted.size(); i++) {
            shared.computeIfAbsent(wanted.get(i), request -> new SharedRead(request, this::completed))
                    .join(call, i);
        }
    }

    private void transmit(ByteBuf out) {
        if (socket != null) {
            try {
                out.skipBytes(socket.write(out.nioBuffer()));
            } catch (IOException broken) {
                out.release();
                execute(() -> end((what, fate) -> new ConnectionLostException(
                        what + ": the connection failed" + fate.consequence(), fate, broken)));
                return;
            }
            if (!out.isReadable()) {
                out.release();
                return;
            }
        }
        clogged = true;
        // Never at once, even on the event loop: it would overtake what another thread handed over before.
        boolean handedOver = execute(() -> channel.writeAndFlush(out).addListener(written -> {
            clogged = false;
            drain();
        }));
        if (!handedOver) {
            out.release();
        }
    }

    private boolean execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            end((what, fate) ->
                    new ConnectionLostException(what + ": the client's threads have been shut down", fate, shutDown));
            return false;
        }
    }

    /** Returns the call that the next answer is for, null if none is under way. */
    @Nullable
    Call due() {
        ArrayDeque<Call> flight = flights.peek();
        return flight == null ? null : flight.peek();
    }

    /** Ends the call that was due. */
    void answered() {
        ArrayDeque<Call> flight = flights.element();
        Call call = flight.remove();
        if (call.complete()) {
            completed(call);
        }
        if (flight.isEmpty()) {
            flights.remove();
            landed++;
        }
    }

    private void completed(Call call) {
        release(call);
        if (call.wokeNobody()) {
            awake++;
        }
    }

    /** Sends what has gathered, if writes were answered; those who were answered may join, if they are ready to run. */
    @SuppressWarnings("ThreadPriorityCheck") // How much gathers depends on the scheduler; that it leaves does not.
    void land() {
        if (landed > 0) {
            if (awake > 1) {
                Thread.yield();
            }
            awake = 0;
            flightsCount.addAndGet(-landed);
            landed = 0;
            drain();
        }
    }

    /** Gives the places of a call that has ended to others, once. */
    void release(Call call) {
        if (call.leave()) {
            places.addAndGet(-call.places());
            bytes.addAndGet(-call.sizeBytes());
        }
    }

    /** Returns whether calls may be sent. */
    boolean isOpen() {
        return end == null;
    }

    /** Refuses new calls already, before {@link #end} does everything else. */
    void shut(Call.Failure failure) {
        if (end == null) {
            end = failure;
        }
    }

    /** Closes the connection, and fails what has no answer yet and whatever is sent from now on; called by the event loop. */
    void end(Call.Failure failure) {
        shut(failure);
        var unused = channel.close();
        failAll();
    }

    private void failAll() {
        Call.Failure failure = end;
        if (failure == null) {
            return;
        }
        for (ArrayDeque<Call> flight = flights.poll(); flight != null; flight = flights.poll()) {
            fail(flight, failure);
        }
        fail(queue, failure);
    }

    private void fail(Queue<Call> calls, Call.Failure failure) {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            call.fail(failure);
            release(call);
        }
    }
}
