package io.larder.cli;

import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One copy of a cache to another backend, page by page, and what became of its entries. Confined to one thread. */
final class Migration {

    /** How many differences are named; of more there is only the count. */
    private static final int NAMED_MAX = 10;

    private final Backend<String, byte[]> from;
    private final Backend<String, byte[]> to;
    private final KeyPattern pattern;
    private final Output output;
    private final Progress progress;
    private final Arrivals arrivals;
    private final List<Difference> named = new ArrayList<>();

    private record Difference(Fate fate, String key) {}

    Migration(Backend<String, byte[]> from, Backend<String, byte[]> to, KeyPattern pattern, Output output) {
        this.from = from;
        this.to = to;
        this.pattern = pattern;
        this.output = output;
        this.progress = new Progress(output.console());
        this.arrivals = new Arrivals(to, output.console(), progress);
    }

    /** Copies, compares if asked to, prints the result and returns the {@link Exit} code. */
    int run(boolean overwrite, boolean verify) {
        arrivals.counting(Fate.COPIED, Fate.REFUSED);
        walk("copying", from, page -> arrivals.copy(page, from::getAll, overwrite));
        if (verify) {
            arrivals.counting(Fate.MISSING, Fate.EXTRA);
            walk("comparing", from, this::compare);
            walk("comparing back", to, this::compareBack);
        }
        print();
        return arrivals.count(Fate.REFUSED) + differences() == 0 ? Exit.DONE : Exit.MISS;
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

    /** Looks twice at the source, so that what has expired or changed in between is no difference. */
    private void compare(Map<String, Entry<byte[]>> page) {
        Map<String, Entry<byte[]>> copies = to.getAll(page.keySet()).join();
        List<String> suspects = page.keySet().stream()
                .filter(key -> !Arrivals.isSame(page.get(key), copies.get(key)))
                .toList();
        if (suspects.isEmpty()) {
            return;
        }
        from.getAll(suspects).join().forEach((key, entry) -> {
            Entry<byte[]> copied = copies.get(key);
            if (!Arrivals.isDamaged(entry) && !Arrivals.isSame(entry, copied)) {
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

    private void note(Fate difference, String key) {
        arrivals.tell(difference);
        if (named.size() < NAMED_MAX) {
            named.add(new Difference(difference, key));
        }
    }

    private long differences() {
        return arrivals.count(Fate.MISSING) + arrivals.count(Fate.DIFFERENT) + arrivals.count(Fate.EXTRA);
    }

    private void print() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(arrivals.counts());
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
        output.fields(fields, Columns.texts(arrivals.counts()));
        if (output.format() == Format.LINES || output.format() == Format.TABLE) {
            named.forEach(
                    difference -> output.line(difference.fate().text() + "\t" + Columns.oneLine(difference.key())));
        }
    }
}
