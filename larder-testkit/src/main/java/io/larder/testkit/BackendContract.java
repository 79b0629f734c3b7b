package io.larder.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.codec.KeyCodecs;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every promise of {@link Backend}; a backend's test extends it, says how its values are made and opens it.
 *
 * <p>A case that needs a {@link Capability} which the backend does not have is counted as skipped and says which. Random cases print
 * their seed; {@code -Dlarder.seed=…} runs them again.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
public abstract class BackendContract<V> {

    /** The cases write texts and digits themselves; this is the name that a backend of bytes is told. */
    private static final String CODEC = "contract";

    @Parameter
    View view = View.SYNC;

    final Values<V> values;
    final FakeClock clock = new FakeClock();
    private final ExecutorService executor = Executors.newCachedThreadPool(BackendContract::daemon);
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(BackendContract::daemon);
    private final List<Backend<String, V>> opened = new ArrayList<>();
    private Backend<String, V> backend;

    /** Makes the contract of a backend that keeps {@code values}. */
    protected BackendContract(Values<V> values) {
        this.values = values;
    }

    /**
     * Opens the backend of one cache, empty; a case may open several, of different scopes, with the same context.
     *
     * <p>The contract closes it. What is shared among them, such as a server, is the subclass's to start and stop.
     */
    protected abstract Backend<String, V> open(CacheSpec<String, V> spec, BackendContext context);

    /**
     * Opens the backend of one cache, empty, with room for far less than {@value EvictionPromises#KEYS} entries of 8 KiB; null, as at
     * first, where nothing is ever evicted, which skips the races with eviction. The contract closes it.
     *
     * <p>One that may evict its tags as well says so in its guide, and leaves {@link Capability#TAGS} out here.
     */
    protected @Nullable Backend<String, V> openSmall(CacheSpec<String, V> spec, BackendContext context) {
        return null;
    }

    @BeforeEach
    final void openBackend() {
        backend = open(new CacheScope("", "contract", 1));
    }

    @AfterEach
    final void closeBackends() {
        opened.forEach(Backend::close);
        scheduler.shutdownNow();
        executor.shutdownNow();
    }

    /** Returns the backend under test, for cases of the subclass's own. */
    protected final Backend<String, V> backend() {
        return backend;
    }

    /** Returns the clock of the backend under test, for cases of the subclass's own. */
    protected final FakeClock clock() {
        return clock;
    }

    final Backend<String, V> open(CacheScope scope) {
        Backend<String, V> another = open(spec(scope), context());
        opened.add(another);
        return another;
    }

    final Backend<String, V> openSmall() {
        Backend<String, V> small = openSmall(spec(new CacheScope("", "small", 1)), context());
        assumeTrue(small != null, "the backend never evicts, which the case needs");
        opened.add(small);
        return small;
    }

    private CacheSpec<String, V> spec(CacheScope scope) {
        return new CacheSpec<>(scope, KeyCodecs.of(String.class), CODEC, null);
    }

    final BackendContext context() {
        return new BackendContext(clock, executor, scheduler);
    }

    final Caller<V> caller() {
        return caller(backend);
    }

    final Caller<V> caller(Backend<String, V> called) {
        return new Caller<>(called, values, clock, view, executor);
    }

    final void needs(Capability capability) {
        assumeTrue(
                backend.capabilities().contains(capability),
                () -> "the backend lacks the capability " + capability + ", which the case needs");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "larder-contract");
        thread.setDaemon(true);
        return thread;
    }

    @Nested
    class ReadingAndWriting extends ReadingPromises<V> {
        ReadingAndWriting() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Time extends TimePromises<V> {
        Time() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Invalidation extends InvalidationPromises<V> {
        Invalidation() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Loading extends LeasePromises<V> {
        Loading() {
            super(BackendContract.this);
        }
    }

    @Nested
    class LoadingEarly extends EarlyLeasePromises<V> {
        LoadingEarly() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Keys extends KeyPromises<V> {
        Keys() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Counting extends CountingPromises<V> {
        Counting() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Watching extends WatchPromises<V> {
        Watching() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Races extends RacePromises<V> {
        Races() {
            super(BackendContract.this);
        }
    }

    @Nested
    class Evictions extends EvictionPromises<V> {
        Evictions() {
            super(BackendContract.this);
        }
    }

    @Nested
    class RandomCalls extends RandomPromises<V> {
        RandomCalls() {
            super(BackendContract.this);
        }
    }
}
