package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.FakeClock;
import io.larder.testkit.ReferenceProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiers of which one is a folder; here, because a backend knows no other. */
class TiersOnDiskTest {

    /** Every promise of a cache; of one process, for another's changes are seen a second later. */
    @Nested
    class MemoryInFront extends CacheContract {

        @TempDir
        private Path folder;

        @Override
        protected String url() {
            return "memory: | disk:" + folder + "?timeout=10s&sync=off";
        }

        /** The disk alone has larger numbers. */
        @Override
        protected int historyCalls() {
            return 4_000;
        }

        @Override
        protected int matrixTries() {
            return 7;
        }
    }

    @Nested
    class InTheMiddle {

        @TempDir
        private Path folder;

        private final FakeClock clock = new FakeClock();
        private final ReferenceProvider server = ReferenceProvider.shared(UnaryOperator.identity());

        private Larder open() {
            return Larder.builder("memory: | disk:" + folder + "?near-ttl=1h | reference:")
                    .provider(server)
                    .clock(clock)
                    .build();
        }

        private static Cache<String, String> cache(Larder larder) {
            return larder.cache("tiers", String.class, String.class).build();
        }

        @Test
        void copiesOutliveTheProcess() {
            try (Larder larder = open()) {
                cache(larder)
                        .put("a", "1", EntryOptions.ttl(Duration.ofHours(2)).tags("x", "y"));
                cache(larder).get("a");
            }

            try (Larder larder = open();
                    Larder elsewhere = Larder.builder("reference:")
                            .provider(server)
                            .clock(clock)
                            .build()) {
                cache(elsewhere).remove("a");
                assertThat(cache(larder).find("a")).isNotNull().satisfies(entry -> {
                    assertThat(entry.value()).isEqualTo("1");
                    assertThat(entry.remaining()).isEqualTo(Duration.ofHours(2));
                    assertThat(entry.tags()).containsExactlyInAnyOrder("x", "y");
                });
                clock.advance(Duration.ofMinutes(61));
                assertThat(cache(larder).get("a")).isNull();
            }
        }

        @Test
        void anInvalidationReachesTheCopiesOfOtherProcessesOnTheFolder() {
            try (Larder one = open();
                    Larder other = open()) {
                cache(one).put("a", "1", EntryOptions.tagged("x"));
                cache(one).get("a");

                cache(other).invalidateTag("x");
                clock.advance(Duration.ofSeconds(1));

                assertThat(cache(one).get("a")).isNull();
            }
        }
    }
}
