package io.larder.memcached;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.DecimalCodec;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Counts, by reading an entry and exchanging it. Thread-safe.
 *
 * <p>A server's own counting is unsigned and forgets what is not a number. Callers that come in each other's way queue here, a few keys to a
 * queue, so that only other processes make them try again.
 */
final class Counters {

    private static final int QUEUES = 64;
    private static final DecimalCodec NUMBERS = new DecimalCodec();

    private final Reads reads;
    private final Stores stores;
    private final Clock clock;
    private final Executor executor;
    /** The last in each queue; guarded by {@code this}. */
    private final CompletableFuture<?>[] last = new CompletableFuture<?>[QUEUES];

    Counters(Reads reads, Stores stores, Clock clock, Executor executor) {
        this.reads = reads;
        this.stores = stores;
        this.clock = clock;
        this.executor = executor;
        Arrays.fill(last, CompletableFuture.completedFuture(null));
    }

    Reply<Long> add(Place place, long delta, Entry<Long> initial) {
        Long first = initial.value();
        if (first == null) {
            throw new IllegalArgumentException("initial must have a value, was " + initial);
        }
        int queue = Math.floorMod(place.key().hashCode(), QUEUES);
        return isQueueing(queue)
                ? queued(queue, place, delta, first, initial)
                : once(place, delta, first, initial)
                        .then(sum -> sum == null ? queued(queue, place, delta, first, initial) : Reply.ready(sum));
    }

    private synchronized boolean isQueueing(int queue) {
        return !last[queue].isDone();
    }

    /** Runs on the executor, because whoever asks may give up, and those behind would wait for ever. */
    private synchronized Reply<Long> queued(int queue, Place place, long delta, long first, Entry<Long> initial) {
        CompletableFuture<Long> turn = last[queue]
                .handle((done, failure) -> null)
                .thenCompose(free -> Tries.until(
                                "Cannot count at key '" + ItemWriter.shortened(place.key()) + "' on memcached at "
                                        + place.node(),
                                () -> once(place, delta, first, initial))
                        .toFuture(executor));
        last[queue] = turn;
        return Reply.pending(turn);
    }

    /** Returns the sum, or null if somebody else wrote the entry meanwhile. */
    private Reply<@Nullable Long> once(Place place, long delta, long first, Entry<Long> initial) {
        return reads.sight(place, initial.tags()).then(sight -> {
            Entry<byte[]> entry = sight.fresh(clock);
            long sum = sum(place, entry == null ? first : number(place, entry), delta);
            byte[] encoded = NUMBERS.encode(sum);
            Entry<byte[]> counted = entry == null ? initial.withValue(encoded) : entry.withValue(encoded);
            return stores.swapped(sight, counted).map(done -> done ? (Long) sum : null);
        });
    }

    private static long sum(Place place, long number, long delta) {
        try {
            return Math.addExact(number, delta);
        } catch (ArithmeticException beyond) {
            throw new ArithmeticException("Cannot add " + delta + " at key '" + ItemWriter.shortened(place.key())
                    + "': the sum is beyond a signed integer of 64 bits");
        }
    }

    private static long number(Place place, Entry<byte[]> entry) {
        String what = "Cannot count at key '" + ItemWriter.shortened(place.key())
                + "': its entry is not an integer of 64 bits";
        byte[] value = entry.value();
        if (value == null) {
            throw BackendException.lasting(what, null);
        }
        try {
            return NUMBERS.decode(value);
        } catch (CodecException e) {
            throw BackendException.lasting(what, e);
        }
    }
}
