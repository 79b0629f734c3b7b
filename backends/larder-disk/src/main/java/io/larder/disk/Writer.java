package io.larder.disk;

import io.larder.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes that wait together in one transaction. Thread-safe.
 *
 * <p>A caller who finds nobody writing is the scribe: it writes what has gathered, its own change and others'. So a single caller never
 * waits for another thread, and many share the price of a commit (<em>flat combining, Hendler et al., SPAA 2010</em>). Nobody is appointed
 * the next scribe: waking a thread takes longer than a transaction, and whoever comes first writes for all who wait.
 *
 * <p>Where a commit costs less than a change of threads, a crowd takes turns instead: who finds others waiting steps aside a few times
 * before it waits too, so that one caller writes alone for a while.
 */
final class Writer {

    /** How many callers wait at most; more are refused. */
    private static final int WAITING_MAX = 16_384;
    /** What one transaction takes at most, so that other processes get their turn. */
    private static final int BATCH_MAX = 256;

    private static final long BATCH_BYTES_MAX = 1 << 20;

    /** From how many callers on there is a crowd: one writes, one waits for that, and oneself. */
    private static final int CROWD = 3;
    /** How often a caller steps aside, each time for up to a millisecond; then it waits like all others. */
    private static final int STEPS_ASIDE_MAX = 5;
    /** Changes of this size take longer than it pays to step aside for. */
    private static final long ASIDE_BYTES_MAX = 16 << 10;
    /** Who has less time than this waits at once. */
    private static final long ASIDE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(20);

    private final Database database;
    private final boolean stepsAside;
    private final ConcurrentLinkedQueue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean occupied = new AtomicBoolean();

    /** Makes one; {@code commitsWait} tells that a commit waits for the disk, which is better shared. */
    Writer(Database database, boolean commitsWait) {
        this.database = database;
        this.stepsAside = !commitsWait;
    }

    /** Returns how many callers are at it. */
    int waiting() {
        return waiting.get();
    }

    /** Returns what {@code change} answers, once it is committed. */
    <T extends @Nullable Object> T write(Change<T> change, long sizeBytes, Patience patience) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            throw BackendException.passing(
                    "Cannot write to '" + database + "': " + WAITING_MAX
                            + " other callers wait for it. Write less at once, or look at the disk",
                    null);
        }
        try {
            if (stepsAside && sizeBytes < ASIDE_BYTES_MAX && patience.remainingNanos() >= ASIDE_NANOS_MIN) {
                stepAside(patience);
            }
            return enqueue(change, sizeBytes, patience);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void stepAside(Patience patience) {
        int steps = 0;
        while (steps < STEPS_ASIDE_MAX && occupied.get() && waiting.get() >= CROWD && patience.pauseLong()) {
            steps++;
        }
    }

    private <T extends @Nullable Object> T enqueue(Change<T> change, long sizeBytes, Patience patience) {
        Waiting<T> own = new Waiting<>(change, sizeBytes);
        queue.add(own);
        while (!own.isDone()) {
            if (occupied.compareAndSet(false, true)) {
                scribe(own, patience);
            } else if (!own.await(patience, occupied::get)) {
                // It may have been woken to write.
                wakeNext();
                Patience.failIfInterrupted();
                throw database.errors().slow();
            }
        }
        own.dropped().forEach(database::removeFile);
        return own.result();
    }

    /** Writes until its own change is done, which seldom takes more than one transaction. */
    private void scribe(Waiting<?> own, Patience patience) {
        try {
            while (!own.isDone()) {
                writeTogether(own, patience);
            }
        } catch (Error error) {
            // Or it would be appointed once more, with nobody there.
            own.fail(BackendException.passing("Cannot write to '" + database + "'", error));
            throw error;
        } finally {
            occupied.set(false);
            wakeNext();
        }
    }

    private void writeTogether(Waiting<?> own, Patience patience) {
        List<Waiting<?>> batch = new ArrayList<>();
        RuntimeException failure = write(batch, patience);
        if (failure == null) {
            batch.forEach(this::end);
        } else if (batch.isEmpty()) {
            own.fail(failure);
        } else if (batch.size() == 1 || Damage.isBehind(failure)) {
            batch.forEach(taken -> taken.fail(failure));
        } else {
            // One of them may be what cannot be written; nobody else has to suffer for it.
            for (Waiting<?> taken : batch) {
                List<Waiting<?>> alone = new ArrayList<>(List.of(taken));
                RuntimeException itsFailure = write(alone, patience);
                if (itsFailure == null) {
                    end(taken);
                } else {
                    taken.fail(itsFailure);
                }
            }
        }
    }

    private void end(Waiting<?> written) {
        if (!written.done()) {
            written.dropped().forEach(database::removeFile);
        }
    }

    /** Writes {@code batch}, filled with what has gathered when the transaction begins, if it is empty; returns what went wrong. */
    private @Nullable RuntimeException write(List<Waiting<?>> batch, Patience patience) {
        try {
            database.transact(
                    session -> {
                        if (batch.isEmpty()) {
                            take(batch);
                        }
                        long sizeBytes = 0;
                        for (Waiting<?> taken : batch) {
                            taken.apply(session);
                            sizeBytes += taken.sizeBytes();
                        }
                        return sizeBytes;
                    },
                    patience);
            return null;
        } catch (RuntimeException failure) {
            return failure;
        } catch (Error error) {
            batch.forEach(taken -> taken.fail(BackendException.passing("Cannot write to '" + database + "'", error)));
            throw error;
        }
    }

    private void take(List<Waiting<?>> batch) {
        long sizeBytes = 0;
        while (batch.size() < BATCH_MAX && sizeBytes < BATCH_BYTES_MAX) {
            Waiting<?> next = queue.poll();
            if (next == null) {
                return;
            }
            if (next.take()) {
                batch.add(next);
                sizeBytes += next.sizeBytes();
            }
        }
    }

    /** Wakes one who came meanwhile, found the place occupied and may sleep; or whoever comes first writes for that one too. */
    private void wakeNext() {
        for (Waiting<?> next = queue.peek(); next != null && !next.wake(); next = queue.peek()) {
            queue.remove(next);
        }
    }
}
