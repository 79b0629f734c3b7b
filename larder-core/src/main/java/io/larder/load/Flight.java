package io.larder.load;

import io.larder.BulkLoadException;
import io.larder.LarderException;
import io.larder.LoadException;
import io.larder.Observation;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One load and the store of what it brings, which any number of callers wait for. Thread-safe.
 *
 * <p>It knows the flights that its loader waits for, so that a loader which would wait for itself, directly or through other
 * loaders on other threads, is told so instead.
 */
public final class Flight<V> {

    private static final ThreadLocal<@Nullable Flight<?>> CURRENT = new ThreadLocal<>();

    private final String token;
    /** Says what is loaded; most flights are over before anybody wants to know. */
    private final Supplier<String> what;

    private final CompletableFuture<Landing<V>> landing = new CompletableFuture<>();
    /** Written before the loader is called, read when the flight has landed. */
    private volatile long number;
    /** Written before the loader is called. */
    private volatile Observation observation = Observation.NONE;
    /** Written before it lands. */
    private volatile @Nullable RuntimeException unstored;

    private final Set<Flight<?>> waitsFor = ConcurrentHashMap.newKeySet(1);

    /**
     * What a flight ended with.
     *
     * @param entry null when nothing came of it, for reasons that concern no other caller
     * @param stood whether the lease stood to the end, so that no invalidation came between
     * @param number the load's number, in the order in which loads begin in this process
     */
    record Landing<V>(@Nullable Entry<V> entry, boolean stood, long number) {

        /** Returns the entry if it is an answer to {@code ask}: what was invalidated before the caller came is in it. */
        @Nullable
        Entry<V> answer(Ask<?, V> ask) {
            return stood || number > ask.since() ? entry : null;
        }
    }

    Flight(String token, Supplier<String> what) {
        this.token = token;
        this.what = what;
    }

    /** Returns the flight whose loader is running on this thread, or null. */
    static @Nullable Flight<?> current() {
        return CURRENT.get();
    }

    /** Runs code of the caller's; what it throws, errors included, becomes a {@link LoadException}. */
    public <T extends @Nullable Object> T run(Callable<T> code) {
        Flight<?> outer = CURRENT.get();
        CURRENT.set(this);
        Runnable leave = observation.enter();
        try {
            return code.call();
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failed(failure);
        } finally {
            leave.run();
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Returns {@code stage} with its failure, errors included, as a {@link LoadException}. */
    <T extends @Nullable Object> CompletionStage<T> failing(CompletionStage<? extends T> stage) {
        return stage.handle((value, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                throw failed(cause == null ? failure : cause);
            }
            return value;
        });
    }

    String token() {
        return token;
    }

    /** Notes that the loader of this flight cannot go on before {@code other} has landed. */
    void waitsFor(Flight<?> other) {
        // What has landed keeps nobody waiting; a loader that reads a million keys must not hold on to all of them.
        waitsFor.removeIf(before -> before.landing.isDone());
        waitsFor.add(other);
    }

    /** Returns the landing, unless this flight itself waits, through others or not, for {@code asker}. */
    Reply<Landing<V>> landing(@Nullable Flight<?> asker) {
        if (asker != null) {
            asker.waitsFor(this);
            // Noted before the search: of two threads that close a circle, at least one sees the other's note.
            if (isWaitingFor(asker)) {
                asker.waitsFor.remove(this);
                return Reply.failed(new LoadException(
                        "The loader of " + asker.what.get() + " asks for " + what.get()
                                + ", which waits for it. A loader must not ask for its own key, nor for one whose loader asks for it",
                        null));
            }
        }
        return Reply.<Landing<V>>pending(landing).recover(failure -> {
            throw failure instanceof LoadException loadFailure
                    ? loadFailure
                    : new LoadException(
                            "Gave up waiting for the load of " + what.get() + ": " + failure.getMessage(), failure);
        });
    }

    /** Notes that the loader is called, and its number in the order of such calls. */
    void begin(long number) {
        this.number = number;
    }

    /** Notes who observes the load. */
    void observe(Observation observation) {
        this.observation = observation;
    }

    /** Notes why what was loaded could not be stored. */
    void noteUnstored(RuntimeException failure) {
        unstored = failure;
    }

    /** Returns whether the lease stood to the end of this flight, which has landed; throws what kept the value from being stored. */
    boolean isStored() {
        RuntimeException failure = unstored;
        if (failure != null) {
            throw failure;
        }
        return landing.join().stood();
    }

    void land(Entry<V> entry, boolean stood) {
        landing.complete(new Landing<>(entry, stood, number));
    }

    /** Ends a flight whose caller gives up; the others ask again. */
    void handOver() {
        landing.complete(new Landing<>(null, false, number));
    }

    /** Ends a flight that nobody can find, so that nobody is taken to wait for it any more. */
    void end() {
        landing.cancel(false);
    }

    void fail(RuntimeException failure) {
        landing.completeExceptionally(failure);
    }

    /** Returns {@code failure} as callers get it. */
    LoadException failed(Throwable failure) {
        // What another cache has of many keys is not what this one has.
        if (failure instanceof LoadException already && !(failure instanceof BulkLoadException)) {
            return already;
        }
        String why = failure instanceof LarderException ? failure.getMessage() : failure.toString();
        return new LoadException("Cannot load " + what.get() + ": " + why, failure);
    }

    /** Returns the failure of a load that was not begun. */
    LoadException refused(String why) {
        return new LoadException("Cannot load " + what.get() + ": " + why, null);
    }

    /** Returns whether this flight is {@code goal}, or waits for it, through others or not. */
    boolean isWaitingFor(Flight<?> goal) {
        return waitsOn(goal, new HashSet<>());
    }

    private boolean waitsOn(Flight<?> goal, Set<Flight<?>> seen) {
        if (this == goal) {
            return true;
        }
        return !landing.isDone() && seen.add(this) && waitsFor.stream().anyMatch(next -> next.waitsOn(goal, seen));
    }
}
