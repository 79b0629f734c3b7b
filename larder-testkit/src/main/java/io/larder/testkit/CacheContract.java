package io.larder.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheEvent;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;
import io.larder.spi.BackendProvider;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import io.larder.url.TieredUrl;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every promise of {@link Cache}, in both views; a backend's test extends it and says by which URL it is opened.
 *
 * <p>A case that needs a {@link Capability} which the backend does not have is counted as skipped and says which.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
public abstract class CacheContract {

    private static final Codec<String, byte[]> TEXTS = new StringCodec();
    static final Codec<Long, byte[]> NUMBERS = new DecimalCodec();

    @Parameter
    View view = View.SYNC;

    final FakeClock clock = new FakeClock();
    final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private @Nullable UnreliableProvider unreliable;
    private Larder larder;

    /** Makes the contract. */
    protected CacheContract() {}

    /** Returns the URL that a Larder is opened on for each case; nothing may be left there by the case before. */
    protected abstract String url();

    /** Returns the provider that opens {@link #url}, of tiers the last; the registered one of its scheme at first. */
    protected BackendProvider provider() {
        String scheme = TieredUrl.parse(url()).last().scheme();
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No provider of '" + scheme + "' is registered. Register it, or override provider()"));
    }

    /** Says what the backend can do; everything at first. */
    protected Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    /**
     * Returns how many requests for entries each server has had from clients until now; empty, as at first, where nobody counts them,
     * which skips the cases about them.
     */
    protected List<Long> requestsByServer() {
        return List.of();
    }

    /** Returns in how many parts a server keeps a cache, each of which a bulk call may ask once; one at first. */
    protected int partsPerServer() {
        return 1;
    }

    /**
     * Says whether a second Larder on {@link #url} uses the same entries, as another program would; no, at first, which skips the cases
     * about that.
     */
    protected boolean isShared() {
        return false;
    }

    /**
     * Returns how many random calls are made in each view, and checked against each other; half a million at first.
     *
     * <p>{@code -Dlarder.history.calls=…} goes over it.
     */
    protected int historyCalls() {
        return 500_000;
    }

    /**
     * Returns how often in each view each invalidation is put between the steps of each kind of load; 500 times at first.
     *
     * <p>{@code -Dlarder.matrix.tries=…} goes over it.
     */
    protected int matrixTries() {
        return 500;
    }

    /** Returns what the Larder of this case will be opened by; for a group's constructor, which runs before. */
    final UnreliableProvider makeUnreliable() {
        UnreliableProvider made = new UnreliableProvider(provider());
        unreliable = made;
        return made;
    }

    @BeforeEach
    final void openLarder() {
        larder = opening(unreliable == null ? provider() : unreliable)
                .listener(events::add)
                .build();
    }

    /** Returns the builder of another program's Larder. */
    final LarderBuilder another() {
        return opening(provider());
    }

    private LarderBuilder opening(BackendProvider provider) {
        // A breaker would keep the failures from the cases that are about them, and the clock stands still.
        String separator = TieredUrl.parse(url()).last().parameters().names().isEmpty() ? "?" : "&";
        return Larder.builder(url() + separator + "breaker=0")
                .provider(provider)
                .clock(clock);
    }

    @AfterEach
    final void closeLarder() {
        larder.close();
    }

    /** Returns the Larder under test, for cases of the subclass's own. */
    protected final Larder larder() {
        return larder;
    }

    /** Returns the cache {@code name} of strings, in the view under test. */
    protected final Cache<String, String> cache(String name) {
        return cache(name, builder -> builder);
    }

    /** Returns the cache {@code name} of strings, set up further, in the view under test. */
    protected final Cache<String, String> cache(String name, UnaryOperator<CacheBuilder<String, String>> setup) {
        return view.cache(setup.apply(texts(name)).build());
    }

    final CacheBuilder<String, String> texts(String name) {
        return texts(larder, name);
    }

    static CacheBuilder<String, String> texts(Larder larder, String name) {
        return larder.cache(name, String.class, String.class).codec(TEXTS);
    }

    final CacheBuilder<String, Long> numbers(String name) {
        return larder.cache(name, String.class, Long.class).codec(NUMBERS);
    }

    final void needs(Capability capability) {
        assumeTrue(
                capabilities().contains(capability),
                () -> "the backend lacks the capability " + capability + ", which the case needs");
    }

    @Nested
    class ReadingAndWriting extends CacheReadingPromises {
        ReadingAndWriting() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Time extends CacheTimePromises {
        Time() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Invalidation extends CacheInvalidationPromises {
        Invalidation() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Loading extends CacheLoadingPromises {
        Loading() {
            super(CacheContract.this);
        }
    }

    @Nested
    class LoadingMany extends CacheBulkPromises {
        LoadingMany() {
            super(CacheContract.this);
        }
    }

    @Nested
    class LoadingAgainstInvalidation extends CacheFencePromises {
        LoadingAgainstInvalidation() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Histories extends CacheHistoryPromises {
        Histories() {
            super(CacheContract.this);
        }
    }

    @Nested
    class InvalidationsBetweenSteps extends CacheMatrixPromises {
        InvalidationsBetweenSteps() {
            super(CacheContract.this);
        }
    }

    @Nested
    class KnownFailures extends CacheKnownFailurePromises {
        KnownFailures() {
            super(CacheContract.this);
        }
    }

    @Nested
    class LoadingInAFleet extends CacheFleetPromises {
        LoadingInAFleet() {
            super(CacheContract.this);
        }
    }

    @Nested
    class ServingStale extends CacheStalePromises {
        ServingStale() {
            super(CacheContract.this);
        }
    }

    @Nested
    class RefreshingAhead extends CacheAheadPromises {
        RefreshingAhead() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Warming extends CacheWarmPromises {
        Warming() {
            super(CacheContract.this);
        }
    }

    @Nested
    class RefreshingInPeriods extends CacheRefreshPromises {
        RefreshingInPeriods() {
            super(CacheContract.this);
        }
    }

    @Nested
    class LoadingInTime extends CacheDeadlinePromises {
        LoadingInTime() {
            super(CacheContract.this);
        }
    }

    @Nested
    class LoadersChoices extends CacheContextPromises {
        LoadersChoices() {
            super(CacheContract.this);
        }
    }

    @Nested
    class HandingOver extends CacheHandoverPromises {
        HandingOver() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Decoding extends CacheDecodingPromises {
        Decoding() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Failing extends CacheFailurePromises {
        Failing() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Hanging extends CacheTimeoutPromises {
        Hanging() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Requests extends CacheRequestPromises {
        Requests() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Keys extends CacheKeyPromises {
        Keys() {
            super(CacheContract.this);
        }
    }

    @Nested
    class Counting extends CacheCountingPromises {
        Counting() {
            super(CacheContract.this);
        }
    }

    @Nested
    class BadInput extends CacheInputPromises {
        BadInput() {
            super(CacheContract.this);
        }
    }

    @Nested
    class SwitchingOff extends CacheSwitchPromises {
        SwitchingOff() {
            super(CacheContract.this);
        }
    }

    @Nested
    class OpeningAndClosing extends CacheLifePromises {
        OpeningAndClosing() {
            super(CacheContract.this);
        }
    }
}
