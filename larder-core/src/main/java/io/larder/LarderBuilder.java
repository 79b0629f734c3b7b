package io.larder;

import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CodecProvider;
import io.larder.spi.StageProvider;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link Larder}. What is passed in is lent: closing the Larder does not close it. Confined to one thread. */
public final class LarderBuilder {

    private final TieredUrl url;
    private final List<CacheListener> listeners = new ArrayList<>();
    private final List<CodecProvider> codecs = new ArrayList<>();
    private final List<StageProvider> stages = new ArrayList<>();
    private @Nullable Clock clock;
    private @Nullable Executor executor;
    private @Nullable BackendProvider provider;

    LarderBuilder(TieredUrl url) {
        this.url = url;
    }

    /** Sets the clock; the machine's at first. */
    public LarderBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets where loaders of async calls run, and what follows them; at first virtual threads where the JDK has them (21 and later), else
     * a pool of at most {@value LarderThreads#THREADS_MAX} threads.
     */
    public LarderBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /** Sets the provider that opens URLs of its schemes, in place of the one found by the scheme. */
    public LarderBuilder provider(BackendProvider provider) {
        this.provider = provider;
        return this;
    }

    /** Adds the provider of the codec that has its name, in place of one found by that name. */
    public LarderBuilder codec(CodecProvider provider) {
        codecs.add(provider);
        return this;
    }

    /** Adds the provider of the stage that has its name, in place of one found by that name. */
    public LarderBuilder stage(StageProvider provider) {
        stages.add(provider);
        return this;
    }

    /** Adds a listener to all caches. */
    public LarderBuilder listener(CacheListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Opens the backend; one that does not answer yet is no reason to fail. */
    public Larder build() {
        CacheUrl last = url.last();
        BackendProvider chosen = Providers.backend(last, provider);
        List<Runnable> closing = new ArrayList<>();
        Clock time = clock;
        if (time == null) {
            SystemClock machine = new SystemClock();
            closing.add(machine::close);
            time = machine;
        }
        Executor workers = executor;
        if (workers == null) {
            ExecutorService own = LarderThreads.workers();
            closing.add(own::shutdown);
            workers = own;
        }
        ScheduledExecutorService scheduler = LarderThreads.scheduler();
        closing.add(scheduler::shutdownNow);
        try {
            BackendContext context = new BackendContext(time, workers, scheduler);
            List<NearTier> nearer = NearTier.open(url, provider, context);
            closing.add(0, () -> NearTier.close(nearer));
            chosen.parameters().and(CacheDefaults.PARAMETERS).check(last);
            CacheDefaults defaults = CacheDefaults.of(last);
            Backends backends = chosen.open(last, context);
            closing.add(0, backends::close);
            CacheUrl fallback = defaults.outage().fallback();
            Spare spare = fallback == null ? null : Spare.open(last, fallback, provider, defaults.outage(), context);
            if (spare != null) {
                closing.add(1, spare.backends()::close);
            }
            List<CacheListener> told = new ArrayList<>(listeners);
            told.add(new WarningLog(time));
            CodecFinder finder = new CodecFinder(codecs, stages);
            return new Larder(url, defaults, provider, finder, backends, nearer, spare, context, told, closing);
        } catch (RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }
}
