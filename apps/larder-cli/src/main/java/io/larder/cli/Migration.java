package io.larder.cli;

import io.larder.LarderException;
import io.larder.handover.EntryCopy;
import io.larder.spi.Backend;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One copy of a cache to another backend, page by page, and what became of its entries. Confined to one thread. */
final class Migration {

    /** How many differences are named, and how many refusals explained; of more there is only the count. */
    private static final int NAMED_MAX = 10;

    private final Backend<String, byte[]> from;
    private final Backend<String, byte[]> to;
    private final KeyPattern pattern;
    private final Output output;
    private final Progress progress;
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private final List<Difference> named = new ArrayList<>();
    private int explained;

    /** What became of an entry, as it is printed. */
    private enum Fate {
        COPIED,
        /** The target has it already. */
        EQUAL,
        /** The target has, or loads, an entry of its own. */
        KEPT,
        /** It was invalidated at the target while it was copied. */
        INVALIDATED,
        /** It left the source while it was copied. */
        GONE,
        /** What lies at the source cannot be read. */
        UNREADABLE,
        /** The target would not keep it. */
        REFUSED,
        /** A comparison found it at the source only. */
        MISSING,
        /** A comparison found another value, ttl or tags at the target. */
        DIFFERENT,
        /** A comparison found it at the target only. */
        EXTRA;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Difference(Fate fate, String key) {}

    Migration(Backend<String, byte[]> from, Backend<String, byte[]> to, KeyPattern pattern, Output output) {
        this.from = from;
        this.to = to;
        this.pattern = pattern;
        this.output = output;
        this.progress = new Progress(output.console());
    }

    /** Copies, compares if asked to, prints the result and returns the {@link Exit} code. */
    int run(boolean overwrite, boolean verify) {
        EnumSet.range(Fate.COPIED, Fate.REFUSED).forEach(fate -> counts.put(fate, 0L));
        EntryCopy<String, byte[]> copy = new EntryCopy<>(from, to, this::explain);
        walk("copying", from, page -> copy(page, copy, overwrite));
        if (verify) {
            EnumSet.range(Fate.MISSING, Fate.EXTRA).forEach(fate -> counts.put(fate, 0L));
            walk("comparing", from, this::compare);
            walk("comparing back", to, this::compareBack);
        }
        print();
        return count(Fate.REFUSED) + differences() == 0 ? Exit.DONE : Exit.MISS;
    }

    private void walk(String what, Backend<String, byte[]> walked, Consumer<Map<String, Entry<byte[]>>> step) {
        progress.begin(what, walked, pattern);
        Pages<KeyedEntry<String, byte[]>> pages = walked.entries(pattern);
        for (List<KeyedEntry<String, byte[]>> page = pages.next().join();
                !page.isEmpty();
                page = pages.next().join()) {
            Map<String, Entry<byte[]>> entries = new LinkedHashMap<>();
            page.forEach(keyed -> entries.put(keyed.key(), keyed.entry()));
            step.accept(entries);
            progress.add(page.size());
        }
        progress.end();
    }

    private void copy(Map<String, Entry<byte[]>> page, EntryCopy<String, byte[]> copy, boolean overwrite) {
        Map<String, Entry<byte[]>> present = to.getAll(page.keySet()).join();
        List<String> due = new ArrayList<>();
        List<String> replaced = new ArrayList<>();
        page.forEach((key, entry) -> {
            Entry<byte[]> other = present.get(key);
            if (isDamaged(entry)) {
                tell(Fate.UNREADABLE);
            } else if (isSame(entry, other)) {
                tell(Fate.EQUAL);
            } else {
                due.add(key);
                if (other != null && (overwrite || isDamaged(other))) {
                    replaced.add(key);
                }
            }
        });
        if (!replaced.isEmpty()) {
            to.removeAll(replaced).join();
        }
        if (!due.isEmpty()) {
            copy.copy(due).join().values().forEach(outcome -> tell(fate(outcome)));
        }
    }

    private static Fate fate(EntryCopy.Outcome outcome) {
        return switch (outcome) {
            case COPIED -> Fate.COPIED;
            case TAKEN -> Fate.KEPT;
            case INVALIDATED -> Fate.INVALIDATED;
            case GONE -> Fate.GONE;
            case REFUSED -> Fate.REFUSED;
        };
    }

    /** Looks twice at the source, so that what has expired or changed in between is no difference. */
    private void compare(Map<String, Entry<byte[]>> page) {
        Map<String, Entry<byte[]>> copies = to.getAll(page.keySet()).join();
        List<String> suspects = page.keySet().stream()
                .filter(key -> !isSame(page.get(key), copies.get(key)))
                .toList();
        if (suspects.isEmpty()) {
            return;
        }
        from.getAll(suspects).join().forEach((key, entry) -> {
            Entry<byte[]> copied = copies.get(key);
            if (!isDamaged(entry) && !isSame(entry, copied)) {
                note(copied == null ? Fate.MISSING : Fate.DIFFERENT, key);
            }
        });
    }

    private void compareBack(Map<String, Entry<byte[]>> page) {
        Map<String, Entry<byte[]>> originals = from.getAll(page.keySet()).join();
        List<String> suspects = page.keySet().stream()
                .filter(key -> !originals.containsKey(key))
                .toList();
        if (!suspects.isEmpty()) {
            to.getAll(suspects).join().keySet().forEach(key -> note(Fate.EXTRA, key));
        }
    }

    private static boolean isDamaged(@Nullable Entry<byte[]> entry) {
        return entry instanceof DamagedEntry;
    }

    /** Compares all but the time of creation. */
    private static boolean isSame(@Nullable Entry<byte[]> one, @Nullable Entry<byte[]> other) {
        if (one == null || other == null) {
            return false;
        }
        Lifetime lifetime = one.lifetime();
        return Arrays.equals(one.value(), other.value())
                && lifetime.freshUntilMillis() == other.lifetime().freshUntilMillis()
                && lifetime.keepUntilMillis() == other.lifetime().keepUntilMillis()
                && one.tags().equals(other.tags());
    }

    private void explain(String key, LarderException refusal) {
        if (explained++ < NAMED_MAX) {
            progress.clear();
            Complaints.note(output.console(), key, "is refused", refusal);
        }
    }

    private void note(Fate difference, String key) {
        tell(difference);
        if (named.size() < NAMED_MAX) {
            named.add(new Difference(difference, key));
        }
    }

    private void tell(Fate fate) {
        counts.merge(fate, 1L, Long::sum);
    }

    private long count(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    private long differences() {
        return count(Fate.MISSING) + count(Fate.DIFFERENT) + count(Fate.EXTRA);
    }

    private void print() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Map<String, String> lines = new LinkedHashMap<>();
        counts.forEach((fate, count) -> {
            fields.put(fate.text(), count);
            lines.put(fate.text(), count.toString());
        });
        if (!named.isEmpty()) {
            fields.put(
                    "differences",
                    named.stream()
                            .map(difference -> Map.of(
                                    "key",
                                    difference.key(),
                                    "is",
                                    difference.fate().text()))
                            .toList());
        }
        output.fields(fields, lines);
        if (!output.isJson()) {
            named.forEach(
                    difference -> output.line(difference.fate().text() + "\t" + Columns.oneLine(difference.key())));
        }
    }
}
