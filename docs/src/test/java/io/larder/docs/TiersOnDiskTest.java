package io.larder.docs;

import io.larder.testkit.CacheContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every promise of a cache on tiers of which one is a folder; here, because a backend knows no other. */
class TiersOnDiskTest {

    private abstract static class Tiers extends CacheContract {

        @TempDir
        private Path folder;

        String disk() {
            return "disk:" + folder + "?timeout=10s&sync=off";
        }

        /** Writes take the disk longer than the contract's number is worth here. */
        @Override
        protected int historyCalls() {
            return 20_000;
        }

        @Override
        protected int matrixTries() {
            return 10;
        }
    }

    @Nested
    class MemoryInFront extends Tiers {

        @Override
        protected String url() {
            return "memory: | " + disk();
        }
    }

    @Nested
    class InTheMiddle extends Tiers {

        @Override
        protected String url() {
            return "memory: | " + disk() + " | memory:?copy=codec";
        }
    }
}
