package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a near tier keeps, and what is done to it while a copy is being made. */
class TieredBackendTest extends TierFixture {

    @Nested
    class Copies {

        @ParameterizedTest
        @EnumSource
        void aReadIsAnsweredFromTheCopyOfTheOneBefore(Reading reading) {
            put("1");
            reading.of(tiered);
            int before = far.reads;

            assertThat(get(tiered)).isEqualTo("1");
            assertThat(tiered.getAll(List.of("a")).join()).containsOnlyKeys("a");
            assertThat(tiered.getOrLease("a", "token", LeaseTerms.TAGGED).join())
                    .isInstanceOf(Entry.class);
            assertThat(far.reads).isEqualTo(before);
        }

        @Test
        void aCopyIsTheVeryEntry() {
            Entry<String> stored = new Entry<>("1", new Lifetime(5, Lifetime.NEVER, Lifetime.NEVER), Set.of("x", "y"));
            watched.put("a", stored, PutMode.ALWAYS).join();
            get(tiered);

            assertThat(tiered.get("a").join()).isSameAs(stored);
            assertThat(near.get("a").join()).isSameAs(stored);
        }

        @Test
        void aCopyThatEndsBeforeTheEntryIsAroundIt() {
            Backend<String, String> bounded = untold(Duration.ofMillis(15));
            long now = clock.millis();
            Entry<String> stored = new Entry<>("1", new Lifetime(now, now + 10, now + 20), Set.of("x", "y"));
            source.put("a", stored, PutMode.ALWAYS).join();
            get(bounded);

            assertThat(bounded.get("a").join()).isSameAs(stored);
            assertThat(bounded.getAll(List.of("a")).join().get("a")).isSameAs(stored);
            assertThat(near.get("a").join())
                    .matches(copy -> copy.tags().equals(stored.tags()), "has the tags")
                    .matches(copy -> copy.lifetime().keepUntilMillis() == now + 15, "ends before");
            clock.advance(Duration.ofMillis(10));
            assertThat(bounded.get("a").join()).isSameAs(stored).matches(entry -> !entry.isFresh(clock), "is stale");
            assertThat(bounded.getOrLease("a", "token", LeaseTerms.TAGGED).join())
                    .isInstanceOf(Lease.class);
            clock.advance(Duration.ofMillis(5));
            assertThat(hasCopy()).isFalse();
        }

        @Test
        void aCopyIsAroundTheEntryWhereTheNearTierKeepsNothingElse() {
            ReferenceBackend<String, Entry<String>> entries = copies(clock);
            Backend<String, String> around =
                    new TieredBackend<>(entries, watched, new TierRules(1, "near:", null), clock, failures);
            put("1");
            Entry<String> found = around.get("a").join();

            assertThat(entries.get("a").join().value()).isSameAs(found);
            assertThat(around.get("a").join()).isSameAs(found);
        }

        @Test
        void anEntryOfAnyAgeIsCopied() {
            Lifetime ancient = new Lifetime(Long.MIN_VALUE, Lifetime.NEVER, Lifetime.NEVER);
            watched.put("a", new Entry<>("1", ancient, Set.of()), PutMode.ALWAYS)
                    .join();
            get(tiered);

            assertThat(hasCopy()).isTrue();
            assertThat(get(tiered)).isEqualTo("1");
        }

        @Test
        void thatThereIsNoSuchThingIsCopied() {
            Entry<String> nothing = new Entry<>(null, Lifetime.endless(0), Set.of());
            watched.put("a", nothing, PutMode.ALWAYS).join();
            get(tiered);

            assertThat(hasCopy()).isTrue();
            assertThat(tiered.get("a").join()).isSameAs(nothing);
        }

        @ParameterizedTest
        @EnumSource
        void aChangeTakesABoundedCopyAway(Change change) {
            Backend<String, String> bounded = untold(Duration.ofMinutes(1));
            put("old");
            get(bounded);

            change.by(bounded);

            assertThat(hasCopy()).isFalse();
        }

        @Test
        void aCopyEndsWithTheEntryAndIsStaleWithIt() {
            long now = clock.millis();
            watched.put("a", new Entry<>("1", new Lifetime(now, now + 10, now + 20), Set.of()), PutMode.ALWAYS)
                    .join();
            get(tiered);

            clock.advance(Duration.ofMillis(10));
            assertThat(tiered.get("a").join()).isNotNull().matches(entry -> !entry.isFresh(clock), "is stale");
            assertThat(tiered.getOrLease("a", "token", LeaseTerms.TAGGED).join())
                    .isInstanceOf(Lease.class);
            clock.advance(Duration.ofMillis(10));
            assertThat(hasCopy()).isFalse();
        }

        @Test
        void aNewerEntryTakesThePlaceOfACopy() {
            Backend<String, String> bounded = untold(Duration.ofMinutes(1));
            put("old");
            Entry<String> old = bounded.get("a").join();
            clock.advance(Duration.ofMillis(1));
            putUnheard("new");

            bounded.getOrLease("a", "token", LeaseTerms.TAGGED.over(old)).join();

            assertThat(get(bounded)).isEqualTo("new");
        }

        @ParameterizedTest
        @EnumSource
        void aChangeTakesTheCopyAway(Change change) {
            put("old");
            get(tiered);
            get(other);

            change.by(tiered);

            assertThat(hasCopy()).isFalse();
            assertThat(get(other)).isEqualTo(get(source)).isNotEqualTo("old");
        }

        @Test
        void aChangeThatIsNotAnsweredTakesTheCopyAway() {
            FlakyBackend<String, String> flaky = new FlakyBackend<>(source);
            Backend<String, String> bounded = tiered(near, flaky, null);
            put("old");
            for (Change change : Change.values()) {
                get(bounded);
                flaky.failAfter(method -> true);
                assertThatThrownBy(() -> change.by(bounded)).isInstanceOf(BackendException.class);
                flaky.up();

                assertThat(hasCopy()).as("copy after %s", change).isFalse();
                put("old");
            }
        }
    }

    @Nested
    class Fence {

        @ParameterizedTest
        @EnumSource
        void whatIsChangedHereWhileItIsReadIsNotKept(Change change) {
            for (Reading reading : Reading.values()) {
                put("old");
                far.step = () -> change.by(tiered);
                reading.of(tiered);
                far.step = () -> {};

                assertThat(hasCopy()).as("copy by %s", reading).isFalse();
                assertThat(get(tiered)).isEqualTo(get(source));
            }
        }

        /** Known from caches that change the near tier first: a reader fills it again before the far one is changed. */
        @ParameterizedTest
        @EnumSource
        void aNearTierIsNotRefilledFromAFarOneThatIsNotChangedYet(Change change) {
            putUnheard("old");
            Backend<String, String> reader = untold(null);
            Backend<String, String> late = new ForwardingBackend<>(new FlakyBackend<>(source)) {
                @Override
                protected <T extends @Nullable Object> Reply<T> call(Supplier<Reply<T>> call) {
                    assertThat(TierFixture.get(reader)).isEqualTo("old");
                    return super.call(call);
                }
            };

            change.by(tiered(near, late, null));

            assertThat(hasCopy()).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void whatIsChangedElsewhereWhileItIsReadIsNotKept(Change change) {
            for (Reading reading : Reading.values()) {
                put("old");
                far.step = () -> change.by(other);
                reading.of(tiered);
                far.step = () -> {};

                assertThat(hasCopy()).as("copy by %s", reading).isFalse();
                assertThat(get(tiered)).isEqualTo(get(source));
            }
        }

        @Test
        void oneOfTwoReadersMakesTheCopy() {
            put("1");
            far.step = () -> {
                far.step = () -> {};
                assertThat(get(tiered)).isEqualTo("1");
                assertThat(hasCopy()).isFalse();
            };

            assertThat(get(tiered)).isEqualTo("1");
            assertThat(hasCopy()).isTrue();
        }

        @Test
        void aReadThatFailedLeavesTheNextOneFree() {
            FlakyBackend<String, String> flaky = new FlakyBackend<>(source);
            Backend<String, String> bounded = tiered(near, flaky, null);
            put("1");
            flaky.down();
            for (Reading reading : Reading.values()) {
                assertThatThrownBy(() -> reading.of(bounded)).isInstanceOf(BackendException.class);
            }
            flaky.up();

            get(bounded);

            assertThat(hasCopy()).isTrue();
        }

        @Test
        void whatNobodyHasLeavesTheNextOneFree() {
            for (Reading reading : Reading.values()) {
                reading.of(tiered);
            }
            put("1");

            get(tiered);

            assertThat(hasCopy()).isTrue();
        }

        @Test
        void aSlowReadIsNotKeptWhenTheKeyWasWrittenMeanwhile() {
            StalledBackend<String, String> stalled = new StalledBackend<>(source);
            Backend<String, String> bounded = tiered(near, stalled, null);
            put("old");
            stalled.stall("get"::equals);
            CompletableFuture<@Nullable Entry<String>> slow = bounded.get("a").toFuture(Runnable::run);

            bounded.put("a", entry("new"), PutMode.ALWAYS).join();
            stalled.release();

            assertThat(slow.join()).isNotNull();
            assertThat(hasCopy()).isFalse();
        }
    }

    @Nested
    class ThreeTiers {

        private final ReferenceBackend<String, Object> middle = copies(clock);
        private final Backend<String, String> three = TieredBackend.byReference(
                near,
                TieredBackend.byReference(
                        middle, new FlakyBackend<>(source), new TierRules(2, "middle:", null), clock, failures),
                new TierRules(1, "near:", null),
                clock,
                failures);

        @Test
        void aReadIsKeptInBothOfTheNearer() {
            put("1");

            assertThat(get(three)).isEqualTo("1");
            assertThat(hasCopy()).isTrue();
            assertThat(middle.get("a").join()).isNotNull();
        }

        @ParameterizedTest
        @EnumSource
        void aChangeTakesBothCopiesAway(Change change) {
            put("old");
            get(three);

            change.by(three);

            assertThat(hasCopy()).isFalse();
            assertThat(middle.get("a").join()).isNull();
            assertThat(get(three)).isEqualTo(get(source));
        }

        @Test
        void whatOthersChangeIsSeenWhenBothBoundsAreOver() {
            put("old");
            get(three);
            putUnheard("new");

            clock.advance(TieredBackend.NEAR_TTL_STANDARD.multipliedBy(2));

            assertThat(get(three)).isEqualTo("new");
        }

        @Test
        void itTellsOfEachTier() {
            assertThat(three.info().join().details())
                    .containsEntry("tier 1", "near:")
                    .containsEntry("tier 1 entries", "0")
                    .containsEntry("tier 2", "middle:");
        }
    }

    @Nested
    class ANearTierThatFails {

        private final FlakyBackend<String, Object> failing = new FlakyBackend<>(near);
        private final Backend<String, String> unlucky = tiered(failing, watched, null);

        @ParameterizedTest
        @EnumSource
        void costsAReadNothingButItsCopy(Reading reading) {
            put("1");
            failing.down();
            reading.of(unlucky);
            assertThat(get(unlucky)).isEqualTo("1");
            failing.up();
            failing.failAfter(method -> true);
            reading.of(unlucky);
            assertThat(get(unlucky)).isEqualTo("1");

            assertThat(failures.keys).contains("a");
        }

        @Test
        void failsAChangeThatItMayNotHaveSeen() {
            failing.down();

            for (Change change : Change.values()) {
                assertThatThrownBy(() -> change.by(unlucky)).isInstanceOf(BackendException.class);
            }
        }

        @Test
        void isUsedAgainWhenItIsBack() {
            put("1");
            failing.failBefore("putLeased"::equals);
            get(unlucky);
            failing.up();

            get(unlucky);

            assertThat(hasCopy()).isTrue();
        }
    }
}
