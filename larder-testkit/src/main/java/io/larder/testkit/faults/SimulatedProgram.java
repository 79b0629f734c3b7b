package io.larder.testkit.faults;

import io.larder.AsyncCache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.codec.StringCodec;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.faults.SimulatedWire.Trouble;
import io.larder.testkit.faults.Simulation.MachineClock;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.time.Duration;
import java.util.Set;

/** One of the programs that share the server, with a clock and a wire of its own. Confined to the simulation. */
final class SimulatedProgram implements AutoCloseable {

    private static final Duration STALE_RETRY = Duration.ofMillis(50);

    private final Trouble trouble = new Trouble();
    private final MachineClock clock;
    private final Larder larder;
    private final AsyncCache<String, String> cache;

    /** How the caches of all programs are set up. */
    record Setup(Duration ttl, Duration staleFor, Duration staleWait, OnError onError) {}

    SimulatedProgram(Simulation simulation, SimulatedServer server, Setup setup) {
        clock = simulation.new MachineClock();
        larder = Larder.builder("reference:?breaker=0")
                .provider(new WireProvider(simulation, server, trouble))
                .clock(clock)
                .executor(task -> simulation.in(simulation.draw(2), task))
                .build();
        // The wire has a timeout of its own, in simulated time.
        cache = larder.cache("simulated", String.class, String.class)
                .codec(new StringCodec())
                .timeout(EntryOptions.NEVER)
                .ttl(setup.ttl())
                .staleFor(setup.staleFor())
                .staleWait(setup.staleWait())
                .staleRetry(STALE_RETRY)
                .onError(setup.onError())
                .build()
                .async();
    }

    AsyncCache<String, String> cache() {
        return cache;
    }

    Trouble trouble() {
        return trouble;
    }

    MachineClock clock() {
        return clock;
    }

    @Override
    public void close() {
        larder.close();
    }

    private record WireProvider(Simulation simulation, SimulatedServer server, Trouble trouble)
            implements BackendProvider {

        @Override
        public Set<String> schemes() {
            return Set.of("reference");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return new Backends.OfBytes() {
                @Override
                public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
                    return new SimulatedWire(simulation, server, trouble);
                }

                @Override
                public void close() {
                    // Nothing was opened.
                }
            };
        }
    }
}
