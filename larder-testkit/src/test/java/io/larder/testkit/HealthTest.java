package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheWork;
import io.larder.Handover;
import io.larder.Health;
import io.larder.HealthDetails;
import io.larder.Larder;
import io.larder.spi.KeyPattern;
import io.larder.testkit.servers.Await;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health of a Larder, and what is seen of each backend where a cache has several. */
@Timeout(60)
class HealthTest extends ObservingFixture {

    @Nested
    class OfTiers {

        private Cache<String, byte[]> tiered() {
            return cache(Larder.builder("reference:?near-ttl=1m | reference://far?breaker=1")
                    .clock(clock)
                    .provider(ReferenceProvider.ofBytes(HealthTest.this::flaky))
                    .observer(HealthTest.this::seeing));
        }

        @Test
        void keysThatNoCopyAnsweredAreCounted() {
            Cache<String, byte[]> cache = tiered();
            assertThat(cache.counts().farReadsByTier()).isEqualTo(Map.of(2, 0L));
            cache.put("a", new byte[1]);

            cache.get("a");
            cache.get("a");
            cache.getAll(List.of("a", "b"));

            assertThat(cache.counts().farReadsByTier()).isEqualTo(Map.of(2, 2L));
            assertThat(cache.counts().hits()).isEqualTo(3);
            assertThat(cache.counts().backend().address()).isEqualTo("reference://far?breaker=1");
            assertThat(cache.counts().backend().details())
                    .containsEntry("tier 1", "reference:?near-ttl=1m")
                    .containsEntry("breaker", "closed");
        }

        @Test
        void callsSayWhichTierIsAsked() {
            Cache<String, byte[]> cache = tiered();
            cache.put("a", new byte[1]);
            cache.get("a");
            work.clear();

            cache.get("a");

            assertThat(work).containsExactly(new CacheWork.Call("users", "reference:?near-ttl=1m", "get", "a"));
        }

        @Test
        void aNearTierThatIsDownIsAProblemAndAFarOneIsTheEnd() {
            Cache<String, byte[]> cache = tiered();
            larder.healthDetails();
            // Of the cache, then of the look, the far one first: that is where the entries are.
            servers.get(0).down();
            servers.get(3).down();

            HealthDetails details = larder.healthDetails();
            assertThat(details.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(details.health().problems())
                    .singleElement()
                    .asString()
                    .startsWith("reference:?near-ttl=1m did not answer a ping: ");
            assertThat(details.backends())
                    .extracting(backend -> backend.ping() == null)
                    .containsExactly(false, true);
            assertThat(larder.health().status()).isEqualTo(Health.Status.UP);

            servers.get(1).down();
            cache.get("a");
            assertThat(larder.health().problems())
                    .containsExactly("reference://far?breaker=1 is not asked, its breaker is open");
        }
    }

    @Nested
    class OfRoutes {

        private Cache<String, byte[]> routed() {
            return cache(builder("//rest?breaker=1")
                    .observer(HealthTest.this::seeing)
                    .route("users", "session:", CacheUrl.parse("reference://sessions?breaker=1")));
        }

        @Test
        void callsSayWhichBackendIsAsked() {
            Cache<String, byte[]> cache = routed();

            cache.get("session:1");
            cache.get("1");

            assertThat(work)
                    .containsExactly(
                            new CacheWork.Call("users", "reference://sessions?breaker=1", "get", "session:1"),
                            new CacheWork.Call("users", "reference://rest?breaker=1", "get", "1"));
        }

        @Test
        void healthIsThatOfEachBackend() {
            Cache<String, byte[]> cache = routed();
            servers.get(1).down();

            cache.get("session:1");

            assertThat(larder.health())
                    .isEqualTo(new Health(
                            Health.Status.DOWN,
                            List.of("reference://sessions?breaker=1 is not asked, its breaker is open")));
            assertThat(cache.counts().backend().details())
                    .containsEntry("breaker", "closed")
                    .containsEntry("breaker of reference://sessions?breaker=1", "open");
            assertThat(larder.healthDetails().backends()).hasSize(2);
        }
    }

    @Test
    void countsOfEachCacheArePublishedWhereItsUrlSays() {
        cache(builder("").cache("orders", TieredUrl.parse("reference://orders?publish-stats=1s")));
        Cache<String, byte[]> orders =
                larder.cache("orders", String.class, byte[].class).build();
        orders.get("1");

        Await.until(
                "counts are published",
                WAIT_MAX,
                () -> !larder.publishedStats(orders.scope()).isEmpty());

        assertThat(larder.publishedStats(orders.scope())).singleElement().satisfies(published -> {
            assertThat(published.stats().misses()).isEqualTo(1);
            assertThat(published.stats().callTimes().count()).isEqualTo(1);
            assertThat(published.publishedMillis()).isEqualTo(clock.millis());
        });
        assertThat(larder.publishedStats(larder.cache("users", String.class, byte[].class)
                        .build()
                        .scope()))
                .isEmpty();
    }

    @Nested
    class HealthOfALarder {

        @Test
        void isUpUntilTheBreakerOpensAndAgainWhenSomebodyHasLooked() {
            Cache<String, byte[]> cache = cache(builder("?breaker=1&breaker-pause=5s"));
            assertThat(larder.health()).isEqualTo(new Health(Health.Status.UP, List.of()));
            servers.get(0).down();

            cache.get("a");

            assertThat(larder.health())
                    .isEqualTo(new Health(
                            Health.Status.DOWN,
                            List.of("reference:?breaker=1&breaker-pause=5s is not asked, its breaker is open")));
            servers.get(0).up();
            clock.advance(Duration.ofSeconds(5));
            // Nobody calls the cache.
            Await.until(
                    "the backend is used again", WAIT_MAX, () -> larder.health().status() == Health.Status.UP);
        }

        @Test
        void detailsTellWhatALookHasFound() {
            cache(builder(""));

            HealthDetails details = larder.healthDetails();

            assertThat(details.health().status()).isEqualTo(Health.Status.UP);
            assertThat(details.backends().get(0).ping()).isNotNull();
            assertThat(details.backends().get(0).roundTrip()).isNotNull();
            assertThat(details.backends().get(0).info().address()).isEqualTo("reference:");
            assertThat(details.backends().get(0).info().details()).containsEntry("breaker", "closed");
            assertThat(servers.get(1).keys(KeyPattern.glob("*")).next().join())
                    .as("nothing is left behind")
                    .isEmpty();
        }

        @Test
        void detailsOfABackendThatIsDown() {
            cache(builder(""));
            larder.healthDetails();
            servers.get(1).down();

            HealthDetails details = larder.healthDetails();

            assertThat(details.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(details.health().problems())
                    .containsExactly("reference: did not answer a ping:"
                            + " Flaky backend: 'ping' fails before it takes effect");
            assertThat(details.backends().get(0).ping()).isNull();
            assertThat(details.backends().get(0).roundTrip()).isNull();
            assertThat(details.backends().get(0).info().address()).isEqualTo("reference:");
        }

        @Test
        void aBackendThatAnswersButDoesNotStoreIsDown() {
            cache(builder(""));
            larder.healthDetails();
            servers.get(1).failBefore("put"::equals);

            HealthDetails details = larder.healthDetails();

            assertThat(details.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(details.backends().get(0).ping()).isNotNull();
            assertThat(details.backends().get(0).roundTrip()).isNull();
        }

        @Test
        void detailsTellOfTheBackendThatACacheWasTakenTo() {
            cache(builder(""));
            larder.switchBackend("users", "reference://other", Handover.COLD);

            assertThat(larder.healthDetails().backends()).hasSize(2);
            servers.get(3).down();
            assertThat(larder.healthDetails().health().problems())
                    .singleElement()
                    .asString()
                    .startsWith("reference://other did not answer a ping:");

            larder.switchBackend("users", "reference:", Handover.COLD);
            assertThat(larder.healthDetails().backends()).hasSize(1);
            assertThat(larder.healthDetails().health().status()).isEqualTo(Health.Status.UP);
        }

        @Test
        void aCacheOnNoneIsUp() {
            larder = Larder.open("none:");

            HealthDetails details = larder.healthDetails();

            assertThat(details.health().status()).isEqualTo(Health.Status.UP);
            assertThat(details.backends().get(0).roundTrip()).isNull();
        }
    }
}
