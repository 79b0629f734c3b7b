package io.larder.redis;

import io.larder.Clock;
import io.larder.redis.RedisConfig.Read;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from replicas that are connected, and from the leader while none is. Thread-safe.
 *
 * <p>No read waits for a replica: one that is not connected, or no longer, is passed by and connected beside the call. Lettuce's own
 * connection for this forgets a replica for ever that is down at its start, and looks for a way anew at each read.
 */
final class ReplicaReaders {

    private final Read read;
    private final IntFunction<CompletableFuture<Commands>> leader;
    private final Function<RedisAddress.Node, Lazy> connect;
    private final Clock clock;
    /** Replaced as a whole, under the lock. */
    private volatile Map<RedisAddress.Node, Candidate> replicas = Map.of();
    /** The same in an order that is easy to go through; replaced as a whole, under the lock. */
    private volatile List<Candidate> candidates = List.of();

    private volatile long leaderNanos = Long.MAX_VALUE;
    /** Guarded by {@code this}. */
    private boolean closed;

    private static final class Candidate {

        private final Lazy way;
        private volatile long roundTripNanos = Long.MAX_VALUE;

        private Candidate(Lazy way) {
            this.way = way;
        }
    }

    /** Makes one that knows no replica yet. */
    ReplicaReaders(
            Read read,
            IntFunction<CompletableFuture<Commands>> leader,
            Function<RedisAddress.Node, Lazy> connect,
            Clock clock) {
        this.read = read;
        this.leader = leader;
        this.connect = connect;
        this.clock = clock;
    }

    /** Sets the replicas there are; those that were there before keep their connections. */
    void replicas(Collection<RedisAddress.Node> nodes) {
        Map<RedisAddress.Node, Candidate> old;
        Map<RedisAddress.Node, Candidate> next = new LinkedHashMap<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            old = replicas;
            for (RedisAddress.Node node : nodes) {
                Candidate known = old.get(node);
                next.put(node, known == null ? new Candidate(connect.apply(node)) : known);
            }
            replicas = next;
            candidates = List.copyOf(next.values());
        }
        old.forEach((node, candidate) -> {
            if (!next.containsKey(node)) {
                var unused = candidate.way.close();
            }
        });
    }

    /** Returns the way to a node that is there; in turn by the hash, or the nearest one. */
    CompletableFuture<Commands> reader(int hash) {
        CompletableFuture<Commands> found = read == Read.NEAREST ? nearest() : inTurn(hash);
        return found == null ? leader.apply(hash) : found;
    }

    private @Nullable CompletableFuture<Commands> inTurn(int hash) {
        List<Candidate> all = candidates;
        int first = all.isEmpty() ? 0 : Math.floorMod(hash, all.size());
        for (int i = 0; i < all.size(); i++) {
            CompletableFuture<Commands> open = openOrBegin(all.get((first + i) % all.size()));
            if (open != null) {
                return open;
            }
        }
        return null;
    }

    private @Nullable CompletableFuture<Commands> nearest() {
        CompletableFuture<Commands> best = null;
        long bestNanos = leaderNanos;
        for (Candidate candidate : candidates) {
            CompletableFuture<Commands> open = openOrBegin(candidate);
            if (open != null && candidate.roundTripNanos < bestNanos) {
                best = open;
                bestNanos = candidate.roundTripNanos;
            }
        }
        return best;
    }

    private static @Nullable CompletableFuture<Commands> openOrBegin(Candidate candidate) {
        CompletableFuture<Commands> open = candidate.way.ifOpen();
        if (open == null) {
            var unused = candidate.way.commands();
        }
        return open;
    }

    /** Times a round trip to each node that is connected; called now and then, does not wait. */
    void measure() {
        CompletableFuture<Commands> way = leader.apply(0);
        if (way.isDone() && !way.isCompletedExceptionally()) {
            time(way.join(), nanos -> leaderNanos = nanos);
        }
        for (Candidate candidate : candidates) {
            CompletableFuture<Commands> open = candidate.way.ifOpen();
            if (open != null) {
                time(open.join(), nanos -> candidate.roundTripNanos = nanos);
            }
        }
    }

    private void time(Commands node, LongConsumer told) {
        long startNanos = clock.nanos();
        node.async()
                .ping()
                .whenComplete(
                        (pong, failure) -> told.accept(failure == null ? clock.nanos() - startNanos : Long.MAX_VALUE));
    }

    CompletableFuture<?> close() {
        synchronized (this) {
            closed = true;
        }
        return CompletableFuture.allOf(
                candidates.stream().map(candidate -> candidate.way.close()).toArray(CompletableFuture<?>[]::new));
    }
}
