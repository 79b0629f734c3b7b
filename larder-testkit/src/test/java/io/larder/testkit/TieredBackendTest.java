package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.codec.KeyCodecs;
import io.larder.layer.ForwardingBackend;
import io.larder.layer.ReadEvents;
import io.larder.spi.Backend;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a near tier keeps, for how long, and what is done to it while a copy is being made. */
class TieredBackendTest {

    private static final Executor HERE = Runnable::run;

    private final FakeClock clock = new FakeClock();
    private final ReferenceBackend<String, String> source = strings(clock);
    private final WatchedBackend<String, String> watched = new WatchedBackend<>(source);
    private final Hooked far = new Hooked(watched);
    private final ReferenceBackend<String, Entry<String>> near = copies(clock);
    private final Failures failures = new Failures();

    /** Of this process, and of another, both told of what changes. */
    private final Backend<String, String> tiered = tiered(near, far, null);

    private final Backend<String, String> other = tiered(copies(clock), watched, null);

    private static ReferenceBackend<String, String> strings(Clock clock) {
        return new ReferenceBackend<>(clock, KeyCodecs.of(String.class), Values.STRINGS.numbers());
    }

    static <V> ReferenceBackend<String, Entry<V>> copies(Clock clock) {
        return new ReferenceBackend<>(clock, KeyCodecs.of(String.class), new NoNumbers<>());
    }

    private TieredBackend<String, String> tiered(
            Backend<String, Entry<String>> near, Backend<String, String> far, @Nullable Duration nearTtl) {
        return new TieredBackend<>(near, far, new TierRules(1, "near:", nearTtl), clock, failures);
    }

    /** One that is not told of what changes. */
    private TieredBackend<String, String> untold(@Nullable Duration nearTtl) {
        return tiered(near, new FlakyBackend<>(source), nearTtl);
    }

    /** Runs a step when the far tier has been read, and before anybody is told what was found. */
    private static final class Hooked extends ForwardingBackend<String, String> {

        private Runnable step = () -> {};
        private int reads;

        Hooked(Backend<String, String> below) {
            super(below);
        }

        @Override
        public Reply<@Nullable Entry<String>> get(String key) {
            return after(below.get(key));
        }

        @Override
        public Reply<Map<String, Entry<String>>> getAll(Collection<String> keys) {
            return after(below.getAll(keys));
        }

        @Override
        public Reply<? extends Lookup<String>> getOrLease(String key, String token, LeaseTerms terms) {
            return after(below.getOrLease(key, token, terms).map(found -> found));
        }

        private <T extends @Nullable Object> Reply<T> after(Reply<T> read) {
            return read.whenDone(() -> {
                reads++;
                step.run();
            });
        }
    }

    private static final class Failures implements ReadEvents {

        private final List<Object> keys = new ArrayList<>();

        @Override
        public void readFailed(Object key, RuntimeException cause) {
            keys.add(key);
        }

        @Override
        public void undecodable(Object key, RuntimeException cause) {
            throw new AssertionError("Nothing is encoded here, but key '" + key + "' is", cause);
        }
    }

    /** A near tier is never asked to count. */
    private static final class NoNumbers<V> implements Codec<Long, Entry<V>> {

        @Override
        public Entry<V> encode(Long value) {
            throw new AssertionError("A near tier counts " + value);
        }

        @Override
        public Long decode(Entry<V> encoded) {
            throw new AssertionError("A near tier counts " + encoded);
        }
    }

    private Entry<String> entry(String value) {
        return new Entry<>(value, Lifetime.endless(clock.millis()), Set.of("tag"));
    }

    private static @Nullable String get(Backend<String, String> asked) {
        Entry<String> entry = asked.get("a").join();
        return entry == null ? null : entry.value();
    }

    private boolean hasCopy() {
        return near.get("a").join() != null;
    }

    private void put(String value) {
        watched.put("a", entry(value), PutMode.ALWAYS).join();
    }

    /** Writes as one of whom nobody is told. */
    private void putUnheard(String value) {
        source.put("a", entry(value), PutMode.ALWAYS).join();
    }

    private enum Reading {
        GET((asked, key) -> asked.get(key)),
        GET_ALL((asked, key) -> asked.getAll(List.of(key, "b"))),
        GET_OR_LEASE((asked, key) -> asked.getOrLease(key, "token", LeaseTerms.TAGGED));

        private final BiFunction<Backend<String, String>, String, Reply<?>> call;

        Reading(BiFunction<Backend<String, String>, String, Reply<?>> call) {
            this.call = call;
        }

        void of(Backend<String, String> asked) {
            call.apply(asked, "a").join();
        }
    }

    private enum Change {
        PUT(asked -> asked.put("a", new Entry<>("new", Lifetime.endless(0), Set.of()), PutMode.ALWAYS)),
        PUT_ALL(asked -> asked.putAll(Map.of("a", new Entry<>("new", Lifetime.endless(0), Set.of())))),
        REMOVE(asked -> asked.remove("a")),
        REMOVE_ALL(asked -> asked.removeAll(List.of("a", "b"))),
        EXPIRE(asked -> asked.expire("a", new Lifetime(0, 0, 0))),
        INVALIDATE_TAG(asked -> asked.invalidateTag("tag")),
        REMOVE_MATCHING(asked -> asked.removeMatching(KeyPattern.glob("[a]"))),
        CLEAR(Backend::clear);

        private final Function<Backend<String, String>, Reply<?>> call;

        Change(Function<Backend<String, String>, Reply<?>> call) {
            this.call = call;
        }

        void by(Backend<String, String> asked) {
            call.apply(asked).join();
        }
    }

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
            CompletableFuture<@Nullable Entry<String>> slow = bounded.get("a").toFuture(HERE);

            bounded.put("a", entry("new"), PutMode.ALWAYS).join();
            stalled.release();

            assertThat(slow.join()).isNotNull();
            assertThat(hasCopy()).isFalse();
        }
    }

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
            Backend<String, Entry<String>> late = new ForwardingBackend<>(near) {
                @Override
                public Reply<? extends Lookup<Entry<String>>> getOrLease(String key, String token, LeaseTerms terms) {
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
                    .containsEntry("tier 1", "near:, 0 entries")
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

    @Nested
    class ThreeTiers {

        private final ReferenceBackend<String, Entry<String>> middle = copies(clock);
        private final Backend<String, String> three = new TieredBackend<>(
                near,
                new TieredBackend<>(
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
                    .containsEntry("tier 1", "near:, 0 entries")
                    .containsEntry("tier 2", "middle:, 0 entries");
        }
    }

    @Nested
    class ANearTierThatFails {

        private final FlakyBackend<String, Entry<String>> failing = new FlakyBackend<>(near);
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
