package io.larder.cli;

import io.larder.LarderException;
import io.larder.handover.EntryCopy;
import io.larder.spi.Backend;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Copies entries to a backend, page by page, and counts what became of them. Confined to one thread. */
final class Arrivals {

    /** How many refusals are explained; of more there is only the count. */
    private static final int EXPLAINED_MAX = 10;

    private final Backend<String, byte[]> to;
    private final Console console;
    private final Progress progress;
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private int explained;

    Arrivals(Backend<String, byte[]> to, Console console, Progress progress) {
        this.to = to;
        this.console = console;
        this.progress = progress;
    }

    /** Counts these fates from now on, so that they are printed even if there are none. */
    void counting(Fate first, Fate last) {
        EnumSet.range(first, last).forEach(fate -> counts.put(fate, 0L));
    }

    /** Copies what {@code to} does not have alike; {@code source} is asked for it under the lease. */
    void copy(
            Map<String, Entry<byte[]>> page,
            Function<Collection<String>, Reply<Map<String, Entry<byte[]>>>> source,
            boolean overwrite) {
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
            new EntryCopy<>(source, to, this::explain)
                    .copy(due)
                    .join()
                    .values()
                    .forEach(outcome -> tell(fate(outcome)));
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

    static boolean isDamaged(@Nullable Entry<byte[]> entry) {
        return entry instanceof DamagedEntry;
    }

    /** Compares all but the time of creation. */
    static boolean isSame(@Nullable Entry<byte[]> one, @Nullable Entry<byte[]> other) {
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
        if (explained++ < EXPLAINED_MAX) {
            progress.clear();
            Complaints.note(console, key, "is refused", refusal);
        }
    }

    void tell(Fate fate) {
        counts.merge(fate, 1L, Long::sum);
    }

    long count(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    /** Returns the counts by the names of the fates. */
    Map<String, @Nullable Object> counts() {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        counts.forEach((fate, count) -> named.put(fate.text(), count));
        return named;
    }
}
