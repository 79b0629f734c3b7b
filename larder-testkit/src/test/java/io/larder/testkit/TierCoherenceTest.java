package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.tier.TieredBackend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For how long a near tier keeps copies, and when it does not use them. */
class TierCoherenceTest extends TierFixture {

    @Nested
    class Cover {

        @Test
        void whatIsNotCoveredIsAskedOfTheFarTierAlone() {
            put("old");
            get(tiered);
            watched.cut();
            put("new");

            assertThat(get(tiered)).isEqualTo("new");
            assertThat(tiered.getNow("a")).isNull();
            assertThat(tiered.getAll(List.of("a")).join().get("a").value()).isEqualTo("new");
            assertThat(tiered.getOrLease("a", "token", LeaseTerms.TAGGED).join())
                    .isInstanceOfSatisfying(
                            Entry.class, entry -> assertThat(entry.value()).isEqualTo("new"));
        }

        @Test
        void whatMayHaveBeenMissedIsForgotten() {
            put("old");
            get(tiered);
            watched.cut();
            put("new");

            watched.mend();

            assertThat(hasCopy()).isFalse();
            assertThat(get(tiered)).isEqualTo("new");
            assertThat(hasCopy()).isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void whatWasReadAcrossAnInterruptionIsNotKept(Reading reading) {
            put("old");
            far.step = () -> {
                watched.cut();
                put("new");
                watched.mend();
            };
            reading.of(tiered);
            far.step = () -> {};

            assertThat(get(tiered)).isEqualTo("new");
        }

        @ParameterizedTest
        @EnumSource
        void coverThatIsLostBeforeTheLeaseIsNoticedAfterIt(Reading reading) {
            put("old");
            Backend<String, Object> late = new ForwardingBackend<>(near) {
                @Override
                public Reply<? extends Lookup<Object>> getOrLease(String key, String token, LeaseTerms terms) {
                    watched.cut();
                    return below.getOrLease(key, token, terms);
                }
            };
            Backend<String, String> cutLate = tiered(late, far, null);
            far.step = () -> {
                put("new");
                // All that may have been missed was told before the lease was taken.
                watched.cover();
            };
            reading.of(cutLate);
            far.step = () -> {};

            assertThat(hasCopy()).isFalse();
        }

        @Test
        void aNearTierOfOtherProcessesIsBoundedAndNotTold() {
            Backend<String, String> elsewhere = tiered(new StalledBackend<>(copies(clock)), watched, null);
            put("old");
            get(elsewhere);
            put("new");

            assertThat(get(elsewhere)).isEqualTo("old");
            clock.advance(TieredBackend.NEAR_TTL_STANDARD);
            assertThat(get(elsewhere)).isEqualTo("new");
        }

        @Test
        void whereAllIsRefusedCopiesAreKeptShortlyIfThatIsEnough() {
            put("old");
            get(tiered);

            watched.refuse(true);

            assertThat(hasCopy()).isFalse();
            assertThat(failures.refusals).isEqualTo(2);
            get(tiered);
            put("new");
            assertThat(get(tiered)).isEqualTo("old");
            clock.advance(TieredBackend.NEAR_TTL_STANDARD);
            assertThat(get(tiered)).isEqualTo("new");
            assertThat(tiered.info().join().details()).containsEntry("coherence", "none, copies at most 1s old");
        }

        @Test
        void whereAllIsRefusedThereAreNoCopiesIfThatIsNotEnough() {
            put("1");
            watched.refuse(false);

            assertThat(get(tiered)).isEqualTo("1");
            assertThat(hasCopy()).isFalse();
            assertThat(tiered.info().join().details()).containsEntry("coherence", "telling is refused, no copies");
        }

        @Test
        void aClosedOneIsNotToldAnyMore() {
            tiered.close();
            near.put("a", new Entry<>(entry("1"), Lifetime.endless(0), Set.of()), PutMode.ALWAYS)
                    .join();

            put("2");

            assertThat(hasCopy()).isTrue();
        }
    }

    @Nested
    class Bounds {

        @Test
        void whereNobodyTellsACopyIsKeptForASecond() {
            Backend<String, String> bounded = untold(null);
            put("old");
            get(bounded);
            putUnheard("new");

            clock.advance(Duration.ofMillis(999));
            assertThat(get(bounded)).isEqualTo("old");
            clock.advance(Duration.ofMillis(1));
            assertThat(get(bounded)).isEqualTo("new");
        }

        @Test
        void itsTimeBeginsBeforeTheFarTierIsRead() {
            Hooked slow = new Hooked(new FlakyBackend<>(source));
            Backend<String, String> bounded = tiered(near, slow, Duration.ofMillis(100));
            put("old");
            slow.step = () -> clock.advance(Duration.ofMillis(60));
            get(bounded);
            assertThat(hasCopy()).isTrue();

            clock.advance(Duration.ofMillis(40));

            assertThat(hasCopy()).isFalse();
        }

        @Test
        void theTtlOfTheEntryStaysAsItIs() {
            Backend<String, String> bounded = untold(null);
            Lifetime lifetime = new Lifetime(clock.millis(), clock.millis() + 60_000, clock.millis() + 90_000);
            source.put("a", new Entry<>("1", lifetime, Set.of()), PutMode.ALWAYS)
                    .join();
            get(bounded);

            assertThat(hasCopy()).isTrue();
            assertThat(bounded.get("a").join().lifetime()).isEqualTo(lifetime);
        }

        @Test
        void aBoundThatIsAskedForHoldsAlsoWhereChangesAreTold() {
            Backend<String, String> both = tiered(near, watched, Duration.ofMillis(100));
            put("1");
            get(both);

            clock.advance(Duration.ofMillis(100));

            assertThat(hasCopy()).isFalse();
        }

        @Test
        void inOneProcessNothingIsBounded() {
            Backend<String, String> local = tiered(near, source, null);
            put("1");
            get(local);

            clock.advance(Duration.ofDays(1_000));

            assertThat(hasCopy()).isTrue();
        }

        @Test
        void itTellsHowItsCopiesAreKeptRight() {
            assertThat(tiered.info().join().details())
                    .containsEntry("tier 1", "near:")
                    .containsEntry("tier 1 entries", "0")
                    .containsEntry("coherence", "telling, within 0s");
            assertThat(tiered(near, watched, Duration.ofMinutes(1))
                            .info()
                            .join()
                            .details())
                    .containsEntry("coherence", "telling, within 0s, copies at most 1m old");
            assertThat(untold(null).info().join().details()).containsEntry("coherence", "none, copies at most 1s old");
            assertThat(tiered(near, source, null).info().join().details())
                    .containsEntry("coherence", "in this process");
            TieredBackend<String, String> inner = untold(null);
            assertThat(tiered(near, inner, null).info().join().details())
                    .containsEntry("coherence", "none, copies at most 2s old");
        }
    }
}
