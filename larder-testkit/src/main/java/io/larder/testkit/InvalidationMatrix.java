package io.larder.testkit;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.Stampede;
import io.larder.spi.BackendProvider;
import io.larder.spi.Capability;
import io.larder.url.TieredUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Puts every kind of invalidation between all steps of every kind of load, and counts the later reads that are shown something older. Confined
 * to one thread.
 */
public final class InvalidationMatrix {

    static final Duration TTL = Duration.ofMillis(1_500);
    private static final double AHEAD = 0.5;
    private static final Duration STALE_FOR = Duration.ofHours(1);

    /** What makes a load worthless. */
    public enum Invalidation {
        /** {@code remove}. */
        REMOVE,
        /** {@code put}. */
        PUT,
        /** {@code expire} to zero. */
        EXPIRE,
        /** {@code invalidateTag}. */
        INVALIDATE_TAG,
        /** {@code removeMatching}. */
        REMOVE_MATCHING,
        /** {@code clear}. */
        CLEAR
    }

    /** What an invalidation comes between. */
    public enum Load {
        /** A caller loads, and waits for it. */
        FOREGROUND,
        /** A caller has had the stale value, because its {@code staleWait} is over, and the load goes on. */
        PAST_ITS_SOFT_DEADLINE,
        /** A caller loads several keys. */
        BATCH,
        /** A caller of another process loads, and everything else happens in this one. */
        IN_ANOTHER_PROCESS,
        /** A stale value is reloaded, which nobody waits for. */
        RELOAD_OF_A_STALE_VALUE,
        /** A value is reloaded before it is stale, which nobody waits for. */
        RELOAD_AHEAD,
        /** What two callers have found stale is reloaded together, which nobody waits for. */
        GATHERED_RELOAD,
        /** A caller reads what is fresh, and the nearer tiers make copies of it. */
        COPY_IN_A_NEAR_TIER,
        /** A backend that was down, while a spare had a loaded value, is used again; everything happens in this process. */
        FALLBACK_RECOVERY
    }

    /**
     * What came of one cell.
     *
     * @param tries how often an invalidation was put between two steps
     * @param steps how many steps the load has
     * @param reads that began after the invalidation had returned
     * @param staleReads of these, in words
     */
    public record Outcome(int tries, int steps, long reads, List<String> staleReads) {}

    private final String url;
    private final BackendProvider provider;
    private final View view;
    private final boolean shared;
    private final Set<Capability> capabilities;

    /** Makes one for what {@code provider} opens at {@code url}, which other Larders see if it is {@code shared}. */
    public InvalidationMatrix(
            String url, BackendProvider provider, View view, boolean shared, Set<Capability> capabilities) {
        this.url = url;
        this.provider = provider;
        this.view = view;
        this.shared = shared;
        this.capabilities = Set.copyOf(capabilities);
    }

    /** Returns why there is no such cell, or null. */
    public @Nullable String whyNot(Invalidation invalidation, Load load) {
        if (load == Load.IN_ANOTHER_PROCESS && !shared) {
            return "no other process uses its entries";
        }
        boolean tiered = !TieredUrl.parse(url).nearer().isEmpty();
        if (load == Load.FALLBACK_RECOVERY && (!shared || tiered)) {
            return tiered ? "a spare belongs to the last tier" : "it is in this process, and never down";
        }
        if (invalidation == Invalidation.INVALIDATE_TAG && !capabilities.contains(Capability.TAGS)) {
            return "there are no tags";
        }
        if (load == Load.COPY_IN_A_NEAR_TIER && !tiered) {
            return "there are no tiers";
        }
        return invalidation == Invalidation.REMOVE_MATCHING && !capabilities.contains(Capability.LISTING)
                ? "there are no listings"
                : null;
    }

    /** Tries one cell {@code tries} times, after each step equally often; what else happens then is drawn from {@code seed}. */
    public Outcome run(Invalidation invalidation, Load load, int tries, long seed) throws InterruptedException {
        Steps steps = new Steps();
        FakeClock clock = new FakeClock();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Larder> larders = new ArrayList<>();
        MatrixOutage outage = load == Load.FALLBACK_RECOVERY ? new MatrixOutage() : null;
        try {
            List<Cache<String, String>> caches = new ArrayList<>();
            for (int i = 0; i < (shared ? 2 : 1); i++) {
                Larder larder = Larder.builder(outage == null ? url : outage.withSpare(url))
                        .provider(outage == null ? steps.around(provider) : outage.around(provider, steps))
                        .clock(clock)
                        .executor(steps.counted(threads))
                        .build();
                larders.add(larder);
                caches.add(open(larder, load));
            }
            caches.get(0).clear();
            MatrixCell cell =
                    new MatrixCell(invalidation, load, caches, view, steps, outage, threads, clock, tagged(), seed);
            for (int i = 0; i < tries; i++) {
                cell.tryOnce();
            }
            return cell.outcome();
        } finally {
            larders.forEach(Larder::close);
            threads.shutdownNow();
            if (outage != null) {
                outage.close();
            }
        }
    }

    private boolean tagged() {
        return capabilities.contains(Capability.TAGS);
    }

    private Cache<String, String> open(Larder larder, Load load) {
        CacheBuilder<String, String> builder = CacheContract.texts(larder, "matrix")
                .ttl(TTL)
                .stampede(view == View.SYNC ? Stampede.PROCESS : Stampede.FLEET)
                .onError(OnError.THROW);
        return switch (load) {
            case FOREGROUND, BATCH, IN_ANOTHER_PROCESS, COPY_IN_A_NEAR_TIER, FALLBACK_RECOVERY -> builder.build();
            case RELOAD_OF_A_STALE_VALUE -> builder.staleFor(STALE_FOR).build();
            case RELOAD_AHEAD -> builder.refreshAhead(AHEAD).build();
            // Full with the second key, so that no time has to pass.
            case GATHERED_RELOAD ->
                builder.staleFor(STALE_FOR)
                        .refreshBatch(2, Duration.ofMinutes(1))
                        .build();
            // So short that it is always over.
            case PAST_ITS_SOFT_DEADLINE ->
                builder.staleFor(STALE_FOR).staleWait(Duration.ofNanos(1)).build();
        };
    }
}
