package io.larder.memory;

import io.larder.spi.BackendProvider;
import io.larder.testkit.CacheContract;
import io.larder.testkit.ReferenceProvider;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;

/** Every promise of a cache, with memory in front of something else. */
class MemoryTiersCacheTest {

    private abstract static class Tiers extends CacheContract {

        /** What a near tier adds shows soon; memory alone has the contract's numbers, and bin/prove larger ones. */
        @Override
        protected int historyCalls() {
            return 20_000;
        }

        @Override
        protected int matrixTries() {
            return 20;
        }
    }

    @Nested
    class InFrontOfMemory extends Tiers {

        @Override
        protected String url() {
            return "memory:?max=10k | memory:";
        }
    }

    /** Two processes, each with a near tier of its own, told of each other's changes. */
    @Nested
    class InFrontOfWhatTellsOfChanges extends Tiers {

        private final BackendProvider provider = ReferenceProvider.watched(UnaryOperator.identity());

        @Override
        protected String url() {
            return "memory:?max=10k | reference:";
        }

        @Override
        protected BackendProvider provider() {
            return provider;
        }

        @Override
        protected boolean isShared() {
            return true;
        }
    }
}
