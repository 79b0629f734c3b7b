package io.larder.redis;

import io.larder.BackendException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until replicas have what a leader has acknowledged. Thread-safe.
 *
 * <p>WAIT counts the replicas that have all that came before it on its own connection, and a command before it, whatever it does, takes over all
 * that the leader has done. So one command and one WAIT confirm every write that was acknowledged before them; writes that come in the
 * meantime share the next pair. In a cluster that command asks for a key of the write's slot: a node that has given the slot away since
 * says so, where WAIT would count the wrong replicas.
 */
final class ReplicaAcks {

    /** Nobody waits longer, and no command may name a longer time. */
    private static final Duration WAIT_MAX = Duration.ofDays(1);

    private static final long LOOK_AGAIN_MILLIS = 20;
    /** How often the leader of a slot is looked for while the slot moves. */
    private static final int LOOKS_MAX = 40;

    private final Connections connections;
    private final int replicas;
    /** How long a leader waits for its replicas before it tells how many have answered: less than its caller waits for it. */
    private final long waitMillis;

    private final ScheduledExecutorService scheduler;
    private final Map<StatefulConnection<byte[], byte[]>, Leader> leaders = new ConcurrentHashMap<>();

    ReplicaAcks(Connections connections, int replicas, ScheduledExecutorService scheduler) {
        this.connections = connections;
        this.replicas = replicas;
        Duration timeout = connections.target().timeout();
        this.waitMillis = Math.max(1, (timeout.compareTo(WAIT_MAX) < 0 ? timeout : WAIT_MAX).toMillis() * 9 / 10);
        this.scheduler = scheduler;
    }

    /** Returns when enough replicas have what was written in the slot of {@code key}; fails when they have not in time. */
    CompletableFuture<@Nullable Void> confirm(byte[] key) {
        return confirm(key, 1);
    }

    private CompletableFuture<@Nullable Void> confirm(byte[] key, int look) {
        return connections
                .aside(key)
                .thenCompose(commands -> leaders.computeIfAbsent(commands.connection(), first -> new Leader(commands))
                        .confirm(key))
                .exceptionallyCompose(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    return isElsewhere(cause) && look < LOOKS_MAX
                            ? confirmLater(key, look + 1)
                            : CompletableFuture.failedFuture(cause);
                });
    }

    private static boolean isElsewhere(@Nullable Throwable failure) {
        String said = failure instanceof RedisCommandExecutionException ? String.valueOf(failure.getMessage()) : "";
        return said.startsWith("MOVED") || said.startsWith("ASK ");
    }

    private CompletableFuture<@Nullable Void> confirmLater(byte[] key, int look) {
        CompletableFuture<@Nullable Void> paused = new CompletableFuture<>();
        var unused = scheduler.schedule(() -> paused.complete(null), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        return paused.thenCompose(over -> connections.leadersAnew()).thenCompose(known -> confirm(key, look));
    }

    /** Somebody who waits for the replicas of a slot, which is that of {@code key}. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Asker(byte[] key, CompletableFuture<@Nullable Void> confirmed) {

        int slot() {
            return SlotHash.getSlot(key);
        }
    }

    private final class Leader {

        private final Commands commands;
        /** Guarded by {@code this}. */
        private List<Asker> waiting = new ArrayList<>();
        /** Guarded by {@code this}. */
        private boolean isAsking;

        Leader(Commands commands) {
            this.commands = commands;
        }

        CompletableFuture<@Nullable Void> confirm(byte[] key) {
            Asker asker = new Asker(key, new CompletableFuture<>());
            synchronized (this) {
                waiting.add(asker);
                if (isAsking) {
                    return asker.confirmed();
                }
                isAsking = true;
            }
            ask();
            return asker.confirmed();
        }

        private void ask() {
            List<Asker> asking = taken();
            if (asking.isEmpty()) {
                return;
            }
            Map<Integer, CompletableFuture<?>> bySlot = new HashMap<>();
            List<CompletableFuture<?>> slots = new ArrayList<>();
            CompletableFuture<Long> count;
            try {
                for (Asker asker : asking) {
                    slots.add(bySlot.computeIfAbsent(
                            asker.slot(),
                            first -> commands.async().exists(asker.key()).toCompletableFuture()));
                }
                count = commands.async()
                        .waitForReplication(replicas, waitMillis)
                        .toCompletableFuture();
            } catch (RuntimeException refused) {
                asking.forEach(asker -> asker.confirmed().completeExceptionally(refused));
                ask();
                return;
            }
            var unused = count.whenComplete((acks, failure) -> {
                // Answers come in order, so that those of the slots are there.
                for (int i = 0; i < asking.size(); i++) {
                    tell(asking.get(i), slots.get(i), count);
                }
                ask();
            });
        }

        private synchronized List<Asker> taken() {
            List<Asker> taken = waiting;
            waiting = new ArrayList<>();
            isAsking = !taken.isEmpty();
            return taken;
        }

        private void tell(Asker asker, CompletableFuture<?> slot, CompletableFuture<Long> count) {
            var unused = slot.thenCompose(known -> count).whenComplete((acks, failure) -> {
                if (failure != null) {
                    asker.confirmed().completeExceptionally(failure);
                } else if (acks < replicas) {
                    asker.confirmed().completeExceptionally(tooFew(acks));
                } else {
                    asker.confirmed().complete(null);
                }
            });
        }

        private BackendException tooFew(long count) {
            return BackendException.passing(
                    connections.address() + " did the write, but only " + count + " of 'wait-replicas=" + replicas
                            + "' replicas have it after " + waitMillis
                            + " ms: a failover now may lose it. Look at the replicas, or lower 'wait-replicas'",
                    null);
        }
    }
}
