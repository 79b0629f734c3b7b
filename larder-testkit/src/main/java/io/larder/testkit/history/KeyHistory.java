package io.larder.testkit.history;

import io.larder.testkit.history.Event.Kind;
import io.larder.testkit.history.HistoryChecker.Due;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that happened to one key. Confined to one thread.
 *
 * <p>A register whose written values are all different has an order that explains its reads if and only if no two writes must each come
 * before the other (Gibbons and Korach, "Testing Shared Memories", 1997). A write must come before another when some call that wrote or
 * showed its value ended before some call that wrote or showed the other's began. Removals are writes that nobody can tell apart.
 *
 * <p>A load is judged harder, by promise 9: no change that begins after its loader did may end before it is shown. And less hard: what may never
 * have been stored is no write.
 */
final class KeyHistory {

    private static final int SHOWN_MAX = 24;
    private static final int DETAILED_MAX = 3;

    private final String key;
    private final List<Event> events;
    private final Due due;
    private final Map<Long, Stay> stays = new HashMap<>();
    private final List<Stay> removals = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    KeyHistory(String key, List<Event> events, Due due) {
        this.key = key;
        this.events = events;
        this.due = due;
    }

    /** Returns what no order explains. */
    List<String> violations() {
        events.forEach(this::noteChange);
        events.stream().filter(event -> event.kind() == Kind.READ).forEach(this::noteRead);
        List<Stay> changes = new ArrayList<>(removals);
        stays.values().stream().filter(Stay::isChange).forEach(changes::add);
        judge(changes, Event::isTagged);
        changes.removeIf(change -> change.change().kind() == Kind.INVALIDATE_TAG);
        judge(changes, event -> !event.isTagged());
        return violations;
    }

    private void judge(List<Stay> changes, Predicate<Event> judged) {
        Reach<Stay> stillThere = new Reach<>(changes, Stay::thereAt, Stay::stillThereAt);
        Reach<Stay> begun =
                new Reach<>(changes, Stay::thereAt, change -> change.change().begin());
        for (Stay stay : stays.values()) {
            if (judged.test(stay.change())) {
                Stay other = stay.isChange() ? stillThere.farthestBefore(stay.stillThereAt(), stay) : null;
                if (other != null && other.stillThereAt() > stay.thereAt()) {
                    report(stay, other);
                }
                Stay later = stay.change().kind() == Kind.LOAD ? begun.farthestBefore(stay.stillThereAt(), stay) : null;
                if (later != null && later.change().begin() > stay.change().begin()) {
                    report(stay, later);
                }
            }
        }
    }

    private void report(Stay stay, Stay other) {
        report(stay.change() + " is shown by " + stay.last() + " in spite of " + other.change(), stay.last());
    }

    /** Returns how many misses came after an acknowledged write that nobody can have removed since. */
    long unexplainedMisses() {
        Reach<Event> writes = new Reach<>(
                events.stream().filter(event -> event.kind() == Kind.WRITE).toList(), Event::end, Event::begin);
        Reach<Event> gone = new Reach<>(
                events.stream().filter(event -> event.kind().removes()).toList(), Event::begin, Event::end);
        return events.stream()
                .filter(event -> event.kind() == Kind.MISS)
                .filter(miss -> {
                    Event write = writes.farthestBefore(miss.begin(), null);
                    Event removal = gone.farthestBefore(miss.end(), null);
                    return write != null && (removal == null || removal.end() < write.begin());
                })
                .count();
    }

    private void noteChange(Event event) {
        if (event.kind().removes()) {
            removals.add(new Stay(event, due));
        } else if (event.kind() == Kind.WRITE || event.kind() == Kind.LOAD) {
            stays.put(event.value(), new Stay(event, due));
        }
    }

    private void noteRead(Event read) {
        Stay stay = stays.get(read.value());
        if (stay == null) {
            report(read + " shows what nobody wrote to this key", read);
        } else if (stay.change().begin() > read.end()) {
            report(read + " shows what was written later, by " + stay.change(), read);
        } else {
            stay.shown(read);
        }
    }

    private void report(String what, Event around) {
        StringBuilder text = new StringBuilder("key '" + key + "': " + what);
        if (violations.size() < DETAILED_MAX) {
            text.append("\n  of");
            around(around).forEach(event -> text.append("\n    ").append(event));
        }
        violations.add(text.toString());
    }

    private Stream<Event> around(Event middle) {
        List<Event> sorted =
                events.stream().sorted(Comparator.comparingLong(Event::begin)).toList();
        int at = sorted.indexOf(middle);
        return sorted.subList(Math.max(0, at - SHOWN_MAX), Math.min(sorted.size(), at + SHOWN_MAX / 2)).stream();
    }
}
