package io.larder.redis;

import io.larder.Clock;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the commands of many callers leave together, on one connection, in the order in which they came. Thread-safe.
 *
 * <p>A command that comes while nothing is on its way leaves at once. Where the wire keeps the order of batches that come close to each
 * other, some more do while each of late was alone in its batch; so few callers do not wait for each other. Else the next batch gathers
 * until one is answered, or for {@link #GATHER_NANOS} if the answer takes longer than that and there may be more on their way; so the more
 * callers there are, the less each call costs. Reads of single names that came one after the other are one {@code MGET}.
 */
final class Pipeline {

    /** More than a server on the same machine needs for an answer, less than one elsewhere does. */
    static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Consumer<List<RedisCommand<byte[], byte[], ?>>> wire;
    private final RedisBatches limits;
    private final Clock clock;
    private final boolean keepsOrder;
    /** Each is a {@link Read} or a command. */
    private final Queue<CompletableFuture<?>> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicInteger onTheirWay = new AtomicInteger();
    /** How often somebody wanted to send since the one who sends began. */
    private final AtomicInteger wishes = new AtomicInteger();
    /** When the last batch left; used by the one who sends. */
    private long leftNanos;
    /** The largest batch of late, older ones counting for less; used by the one who sends. */
    private int crowd;

    /** A value that is read; its failures are its own, also where it shares a command. */
    private static final class Read extends CompletableFuture<byte @Nullable []> {

        final byte[] name;

        Read(byte[] name) {
            this.name = name;
        }

        void end(byte @Nullable [] value, @Nullable Throwable failure) {
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(failure);
            }
        }
    }

    /**
     * Makes one that hands its batches to {@code wire}, which completes each command, now or later, and does not block.
     *
     * @param keepsOrder whether the wire sends batches in the order in which different threads handed them over
     */
    Pipeline(
            Consumer<List<RedisCommand<byte[], byte[], ?>>> wire,
            RedisBatches limits,
            Clock clock,
            boolean keepsOrder) {
        this.wire = wire;
        this.limits = limits;
        this.clock = clock;
        this.keepsOrder = keepsOrder;
    }

    /** Returns the value at {@code name}, null for none. */
    CompletableFuture<byte @Nullable []> get(byte[] name) {
        Read read = new Read(name);
        waiting.add(read);
        sendNext();
        return read;
    }

    /**
     * Sends {@code commands}. What is to be done with their answers is better chained to them before: of all that is chained to a future,
     * what came last is done first, and that should be the next batch.
     */
    void send(Collection<? extends AsyncCommand<byte[], byte[], ?>> commands) {
        waiting.addAll(commands);
        sendNext();
    }

    /** Whether somebody has to wait for the answers of others before their command leaves. */
    boolean isCrowded() {
        return !waiting.isEmpty();
    }

    /** Whether nothing is on its way, or waits to be, but what the caller has just sent. */
    boolean isAlone() {
        return waiting.isEmpty() && onTheirWay.get() <= 1;
    }

    /** Sends on one thread at a time, which sends for those who come meanwhile. */
    private void sendNext() {
        if (wishes.getAndIncrement() > 0) {
            return;
        }
        int granted = 1;
        do {
            while (!waiting.isEmpty() && mayLeave()) {
                sendBatch();
            }
            granted = wishes.addAndGet(-granted);
        } while (granted > 0);
    }

    private boolean mayLeave() {
        int others = onTheirWay.get();
        return others == 0 || (others < limits.inFlight() && (fewCall() || clock.nanos() - leftNanos >= GATHER_NANOS));
    }

    private boolean fewCall() {
        return keepsOrder && crowd <= 1;
    }

    @SuppressWarnings("unchecked") // What is no Read is a command that send() was given.
    private void sendBatch() {
        List<AsyncCommand<byte[], byte[], ?>> batch = new ArrayList<>();
        List<Read> reads = new ArrayList<>();
        CompletableFuture<?> next = waiting.poll();
        int gathered = 0;
        while (next != null) {
            gathered++;
            if (next instanceof Read read) {
                reads.add(read);
            } else {
                addReads(batch, reads);
                batch.add((AsyncCommand<byte[], byte[], ?>) next);
            }
            next = gathered < limits.max() ? waiting.poll() : null;
        }
        addReads(batch, reads);
        crowd = Math.max(gathered, crowd - (crowd + 7) / 8);
        onTheirWay.incrementAndGet();
        leftNanos = clock.nanos();
        var unused = batch.get(batch.size() - 1).whenComplete((answer, failure) -> {
            onTheirWay.decrementAndGet();
            sendNext();
        });
        try {
            wire.accept(List.copyOf(batch));
        } catch (RuntimeException refused) {
            batch.forEach(command -> command.completeExceptionally(refused));
        }
    }

    private void addReads(List<AsyncCommand<byte[], byte[], ?>> batch, List<Read> reads) {
        if (reads.size() == 1) {
            batch.add(single(reads.get(0)));
        } else if (!reads.isEmpty()) {
            batch.add(together(List.copyOf(reads)));
        }
        reads.clear();
    }

    private static AsyncCommand<byte[], byte[], ?> single(Read read) {
        AsyncCommand<byte[], byte[], byte[]> command = Calls.value(read.name);
        var unused = command.whenComplete(read::end);
        return command;
    }

    private AsyncCommand<byte[], byte[], ?> together(List<Read> reads) {
        AsyncCommand<byte[], byte[], List<byte[]>> command =
                Calls.valuesAt(reads.stream().map(read -> read.name).toList());
        var unused = command.whenComplete((values, failure) -> {
            if (failure instanceof RedisCommandExecutionException) {
                // One of them may be to blame; each is told what the server thinks of its own.
                send(reads.stream().map(Pipeline::single).toList());
                return;
            }
            for (int i = 0; i < reads.size(); i++) {
                reads.get(i).end(failure == null ? values.get(i) : null, failure);
            }
        });
        return command;
    }
}
