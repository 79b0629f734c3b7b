package io.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.testkit.ReferenceProvider;
import io.larder.testkit.history.Event.Kind;
import io.larder.testkit.history.HistoryChecker.Due;
import io.larder.testkit.history.HistoryChecker.Report;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCheckerTest {

    private static final int KEY = 3;
    private static final long UNTAGGED = 8;
    private static final long TAGGED = 7;
    private static final long OTHER = 10;

    private final Keyspace keyspace = new Keyspace(10, 5, 2);

    private Report check(Event... events) {
        return new HistoryChecker(keyspace).check(List.of(events));
    }

    private static Event event(Kind kind, long value, long begin, long end) {
        return new Event(kind, KEY, value, begin, end);
    }

    private static Event write(long value, long begin, long end) {
        return event(Kind.WRITE, value, begin, end);
    }

    private static Event load(long value, long begin, long end) {
        return event(Kind.LOAD, value, begin, end);
    }

    private static Event read(long value, long begin, long end) {
        return event(Kind.READ, value, begin, end);
    }

    private static Event remove(long begin, long end) {
        return event(Kind.REMOVE, 0, begin, end);
    }

    private static Event miss(long begin, long end) {
        return event(Kind.MISS, 0, begin, end);
    }

    private Event tag(long begin, long end) {
        return new Event(Kind.INVALIDATE_TAG, keyspace.tagOf(KEY), 0, begin, end);
    }

    private Event slice(long begin, long end) {
        return new Event(Kind.REMOVE_SLICE, keyspace.sliceOf(KEY), 0, begin, end);
    }

    @Nested
    class Explains {

        private void right(Event... events) {
            assertThat(check(events).violations()).isEmpty();
        }

        @Test
        void readsOfWhatIsBeingWritten() {
            right(write(UNTAGGED, 1, 9), read(UNTAGGED, 2, 3), read(UNTAGGED, 10, 11));
        }

        @Test
        void readsThatOverlapARemoval() {
            right(write(UNTAGGED, 1, 2), remove(3, 6), read(UNTAGGED, 5, 8), miss(7, 9));
        }

        @Test
        void eitherOfTwoWritesThatOverlap() {
            right(write(UNTAGGED, 1, 4), write(OTHER, 2, 3), read(UNTAGGED, 5, 6));
            right(write(UNTAGGED, 1, 4), write(OTHER, 2, 3), read(OTHER, 5, 6));
        }

        @Test
        void aWriteOfUnknownOutcomeThatComesLate() {
            right(write(UNTAGGED, 1, Event.UNKNOWN), remove(2, 3), read(UNTAGGED, 4, 5));
        }

        @Test
        void aRemovalOfUnknownOutcomeThatNeverComes() {
            right(write(UNTAGGED, 1, 2), remove(3, Event.UNKNOWN), read(UNTAGGED, 4, 5));
        }

        @Test
        void anUntaggedValueAfterAnInvalidatedTag() {
            right(write(UNTAGGED, 1, 2), tag(3, 4), read(UNTAGGED, 5, 6));
        }

        @Test
        void aLoadThatIsAnsweredToThoseWhoWaited() {
            right(load(UNTAGGED, 2, 9), read(UNTAGGED, 1, 9), remove(3, 5), read(UNTAGGED, 4, 8), miss(10, 11));
        }

        @Test
        void aLoadThatWasNeverStored() {
            right(
                    write(UNTAGGED, 1, 2),
                    read(UNTAGGED, 3, 4),
                    load(OTHER, 5, 7),
                    read(OTHER, 1, 7),
                    read(UNTAGGED, 8, 9));
        }

        @Test
        void anyMiss() {
            Report report = check(write(UNTAGGED, 1, 2), miss(3, 4), read(UNTAGGED, 5, 6));

            assertThat(report.violations()).isEmpty();
            assertThat(report.unexplainedMisses()).isEqualTo(1);
        }

        @Test
        void aMissAfterWhatMayHaveRemoved() {
            assertThat(check(write(UNTAGGED, 1, 3), remove(2, Event.UNKNOWN), miss(4, 5))
                            .unexplainedMisses())
                    .isZero();
            assertThat(check(remove(1, 2), write(UNTAGGED, 3, 4), miss(5, 6)).unexplainedMisses())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Finds {

        private void wrong(String message, Event... events) {
            assertThat(check(events).violations())
                    .isNotEmpty()
                    .first()
                    .asString()
                    .contains("key 'key-1-3'", message);
        }

        @Test
        void whatNobodyWrote() {
            wrong("nobody wrote to this key", read(UNTAGGED, 1, 2));
        }

        @Test
        void whatWasWrittenToAnotherKey() {
            wrong("nobody wrote to this key", new Event(Kind.WRITE, 5, UNTAGGED, 1, 2), read(UNTAGGED, 3, 4));
        }

        @Test
        void whatWasWrittenLater() {
            wrong("was written later", read(UNTAGGED, 1, 2), write(UNTAGGED, 3, 4));
        }

        @Test
        void whatWasRemoved() {
            wrong("in spite of REMOVE [3, 4]", write(UNTAGGED, 1, 2), remove(3, 4), read(UNTAGGED, 5, 6));
            wrong("in spite of REMOVE_SLICE", write(UNTAGGED, 1, 2), slice(3, 4), read(UNTAGGED, 5, 6));
            wrong("in spite of CLEAR", write(UNTAGGED, 1, 2), new Event(Kind.CLEAR, 0, 0, 3, 4), read(UNTAGGED, 5, 6));
        }

        @Test
        void aTaggedValueAfterAnInvalidatedTag() {
            wrong("in spite of INVALIDATE_TAG [3, 4]", write(TAGGED, 1, 2), tag(3, 4), read(TAGGED, 5, 6));
        }

        @Test
        void whatWasOverwritten() {
            wrong("in spite of WRITE 10", write(UNTAGGED, 1, 2), write(OTHER, 3, 4), read(UNTAGGED, 5, 6));
        }

        @Test
        void aLoadThatBeganBeforeAnInvalidationAndIsShownAfterIt() {
            wrong("in spite of REMOVE [2, 3]", load(UNTAGGED, 1, 9), remove(2, 3), read(UNTAGGED, 4, 5));
        }

        @Test
        void aLoadThatBeganBeforeAWriteAndIsShownAfterIt() {
            wrong("in spite of WRITE 10", load(UNTAGGED, 1, 4), write(OTHER, 2, 3), read(UNTAGGED, 5, 6));
        }

        @Test
        void twoValuesThatTakeTurns() {
            wrong(
                    "in spite of WRITE",
                    write(UNTAGGED, 1, 9),
                    write(OTHER, 1, 9),
                    read(UNTAGGED, 2, 3),
                    read(OTHER, 4, 5),
                    read(UNTAGGED, 6, 7));
        }

        @Test
        void aWriteOfUnknownOutcomeThatIsUndoneAndShownAgain() {
            wrong(
                    "in spite of REMOVE [4, 5]",
                    write(UNTAGGED, 1, Event.UNKNOWN),
                    read(UNTAGGED, 2, 3),
                    remove(4, 5),
                    read(UNTAGGED, 6, 7));
        }
    }

    /** Loads are stored whatever came between, as in a cache that has no leases. */
    private static final class Unfenced extends ForwardingBackend<String, byte[]> {

        Unfenced(Backend<String, byte[]> below) {
            super(below);
        }

        @Override
        public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
            return below.put(key, entry, PutMode.ALWAYS);
        }
    }

    @Nested
    class OfTiers {

        private List<String> violations(Event... events) {
            return new HistoryChecker(keyspace, Due.WHEN_ACKNOWLEDGED)
                    .check(List.of(events))
                    .violations();
        }

        @Test
        void aCopyMayBeShownUntilTheChangeHasEnded() {
            Event[] events = {
                write(UNTAGGED, 1, 2), write(OTHER, 3, 9), read(OTHER, 4, 5), read(UNTAGGED, 6, 7), read(OTHER, 10, 11)
            };

            assertThat(violations(events)).isEmpty();
            assertThat(check(events).violations()).isNotEmpty();
        }

        @Test
        void aCopyThatIsShownAfterThatIsFound() {
            assertThat(violations(write(UNTAGGED, 1, 2), write(OTHER, 3, 5), read(UNTAGGED, 6, 7)))
                    .isNotEmpty();
            assertThat(violations(write(UNTAGGED, 1, 2), remove(3, 5), read(UNTAGGED, 6, 7)))
                    .isNotEmpty();
            assertThat(violations(load(UNTAGGED, 1, 3), remove(4, 5), read(UNTAGGED, 6, 7)))
                    .isNotEmpty();
        }
    }

    @Nested
    class OfSeveralPrograms {

        private static final long BOUND = 10;

        private List<String> violations(List<Event> one, List<Event> other) {
            return new HistoryChecker(keyspace, Due.WHEN_ACKNOWLEDGED)
                    .check(List.of(one, other), BOUND)
                    .violations();
        }

        @Test
        void aCopyMayBeShownUntilItsProgramMustHaveBeenTold() {
            List<Event> writer = List.of(write(UNTAGGED, 1, 2), write(OTHER, 100, 110));

            assertThat(violations(writer, List.of(read(UNTAGGED, 120, 125)))).isEmpty();
            assertThat(violations(writer, List.of(read(UNTAGGED, 121, 125)))).isNotEmpty();
        }

        @Test
        void aProgramIsShownItsOwnChangesAtOnce() {
            List<Event> writer = List.of(write(UNTAGGED, 1, 2), write(OTHER, 100, 110), read(UNTAGGED, 111, 112));

            assertThat(violations(writer, List.of())).isNotEmpty();
        }

        @Test
        void aLoadIsNotShownAfterAnothersChangeMustHaveBeenTold() {
            List<Event> loader = List.of(load(UNTAGGED, 3, 9), read(UNTAGGED, 1, 9), read(UNTAGGED, 17, 18));

            assertThat(violations(loader, List.of(remove(4, 7)))).isEmpty();
            assertThat(violations(loader, List.of(remove(4, 6)))).isNotEmpty();
        }

        @Test
        void programsDoNotGoOnSeeingDifferentValues() {
            List<Event> one = List.of(write(UNTAGGED, 1, 9), read(UNTAGGED, 200, 201));
            List<Event> other = List.of(write(OTHER, 2, 8), read(OTHER, 200, 201));

            assertThat(violations(one, other)).isNotEmpty();
        }
    }

    @Test
    void eventsAreReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
        List<Event> events = List.of(write(UNTAGGED, 1, Event.UNKNOWN), tag(Long.MIN_VALUE, -1), miss(2, 3));
        Path file = folder.resolve("events");

        EventFile.write(file, events);

        assertThat(EventFile.read(file)).isEqualTo(events);
    }

    @Test
    void aCacheWithoutLeasesIsFoundOut() throws Exception {
        try (Larder larder = Larder.builder("reference:")
                .provider(ReferenceProvider.ofBytes(Unfenced::new))
                .build()) {
            Cache<String, String> cache = larder.cache("unfenced", String.class, String.class)
                    .codec(new StringCodec())
                    .build();

            Report report = new HistoryTrial(8, 4, 50_000, true, true, Due.AT_ONCE, 1).run(List.of(cache));

            assertThat(report.violations()).isNotEmpty();
        }
    }
}
