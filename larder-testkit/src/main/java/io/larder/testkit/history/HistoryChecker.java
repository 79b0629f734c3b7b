package io.larder.testkit.history;

import io.larder.testkit.history.Event.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what was shown and no order of the writes, removals and loads that overlap explains, key by key, in O(n log n). Immutable.
 *
 * <p>A miss is always explained, for a cache may forget. Those that follow an acknowledged write, and no removal, are counted.
 */
public final class HistoryChecker {

    private final Keyspace keyspace;
    private final Due due;

    /** From when on nobody may be shown what was there before a change. */
    public enum Due {
        /** As soon as anybody has been shown the change. */
        AT_ONCE,
        /** When the call that made it has ended: until then some may have copies. */
        WHEN_ACKNOWLEDGED
    }

    /** Makes one for histories of these keys, whose changes are due at once. */
    public HistoryChecker(Keyspace keyspace) {
        this(keyspace, Due.AT_ONCE);
    }

    /** Makes one for histories of these keys. */
    public HistoryChecker(Keyspace keyspace, Due due) {
        this.keyspace = keyspace;
        this.due = due;
    }

    /** Returns what is found in all {@code events} from the time when the cache was empty, in any order. */
    public Report check(Iterable<Event> events) {
        Map<Integer, List<Event>> byKey = new HashMap<>();
        Map<Integer, List<Event>> byTag = new HashMap<>();
        Map<Integer, List<Event>> bySlice = new HashMap<>();
        List<Event> clears = new ArrayList<>();
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Event event : events) {
            counts.merge(event.kind(), 1L, Long::sum);
            switch (event.kind()) {
                case INVALIDATE_TAG -> add(byTag, event);
                case REMOVE_SLICE -> add(bySlice, event);
                case CLEAR -> clears.add(event);
                default -> add(byKey, event);
            }
        }
        List<String> violations = new ArrayList<>();
        long unexplainedMisses = 0;
        for (Map.Entry<Integer, List<Event>> own : byKey.entrySet()) {
            List<Event> all = new ArrayList<>(own.getValue());
            all.addAll(byTag.getOrDefault(keyspace.tagOf(own.getKey()), List.of()));
            all.addAll(bySlice.getOrDefault(keyspace.sliceOf(own.getKey()), List.of()));
            all.addAll(clears);
            KeyHistory history = new KeyHistory(keyspace.key(own.getKey()), all, due);
            violations.addAll(history.violations());
            unexplainedMisses += history.unexplainedMisses();
        }
        return new Report(
                count(counts, Kind.READ),
                count(counts, Kind.MISS),
                count(counts, Kind.WRITE),
                count(counts, Kind.LOAD),
                count(counts, Kind.REMOVE)
                        + count(counts, Kind.INVALIDATE_TAG)
                        + count(counts, Kind.REMOVE_SLICE)
                        + clears.size(),
                unexplainedMisses,
                violations);
    }

    /**
     * Returns what is found in the histories of several programs, each of which keeps copies and is told of the others' changes within
     * {@code bound}, in the unit of the events' numbers.
     *
     * <p>So a change is due {@code bound} after it has ended, but for the program that made it: when it has ended. All histories are judged as
     * one, with the later ends; and what each program was shown once more, with the ends of its own changes as they are.
     */
    public Report check(List<List<Event>> programs, long bound) {
        List<List<Event>> later = programs.stream()
                .map(events -> events.stream().map(event -> due(event, bound)).toList())
                .toList();
        Report all = check(later.stream().flatMap(List::stream).toList());
        Set<String> violations = new LinkedHashSet<>(all.violations());
        for (int own = 0; own < programs.size(); own++) {
            List<Event> seen = new ArrayList<>(programs.get(own));
            for (int other = 0; other < programs.size(); other++) {
                if (other != own) {
                    later.get(other).stream().filter(Event::changes).forEach(seen::add);
                }
            }
            violations.addAll(check(seen).violations());
        }
        return new Report(
                all.reads(),
                all.misses(),
                all.writes(),
                all.loads(),
                all.removals(),
                all.unexplainedMisses(),
                List.copyOf(violations));
    }

    private static Event due(Event event, long bound) {
        return event.changes() ? event.endingLater(bound) : event;
    }

    private static long count(Map<Kind, Long> counts, Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    private static void add(Map<Integer, List<Event>> bySubject, Event event) {
        bySubject.computeIfAbsent(event.subject(), first -> new ArrayList<>()).add(event);
    }

    /**
     * What a history came to.
     *
     * @param reads of single keys that showed a value
     * @param misses of single keys, without a loader
     * @param writes of single keys
     * @param loads of single keys
     * @param removals by key, tag, pattern and altogether, each call once
     * @param unexplainedMisses of these misses, those after an acknowledged write that nothing but the cache itself can have removed
     * @param violations in words, with the history of the key around it
     */
    public record Report(
            long reads,
            long misses,
            long writes,
            long loads,
            long removals,
            long unexplainedMisses,
            List<String> violations) {

        private static final int SHOWN_MAX = 3;

        /** Returns the sum of this and another. */
        public Report plus(Report other) {
            List<String> both = new ArrayList<>(violations);
            both.addAll(other.violations);
            return new Report(
                    reads + other.reads,
                    misses + other.misses,
                    writes + other.writes,
                    loads + other.loads,
                    removals + other.removals,
                    unexplainedMisses + other.unexplainedMisses,
                    both);
        }

        /** Returns the figures, and the first of the violations. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(reads + " reads, " + misses + " misses (" + unexplainedMisses
                    + " of what was written and not removed), " + writes + " writes, " + loads + " loads, " + removals
                    + " removals, " + violations.size() + " that nothing explains");
            violations.stream()
                    .limit(SHOWN_MAX)
                    .forEach(each -> text.append("\n").append(each));
            return text.toString();
        }
    }
}
