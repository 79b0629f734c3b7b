package io.larder.layer;

import io.larder.TagCounts;
import io.larder.spi.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Counts of the tags that somebody wants counted; others are passed over, for there may be any number of them. Thread-safe. */
public final class TagTally {

    private final Map<String, Adders> byTag = new LinkedHashMap<>();

    private record Adders(LongAdder hits, LongAdder puts, LongAdder removals) {}

    /** Makes one that counts {@code tags}. */
    public TagTally(Collection<String> tags) {
        tags.forEach(tag -> byTag.put(tag, new Adders(new LongAdder(), new LongAdder(), new LongAdder())));
    }

    /** Returns whether nothing is to be counted. */
    public boolean isEmpty() {
        return byTag.isEmpty();
    }

    /** Returns the counts by tag. */
    public Map<String, TagCounts> counts() {
        Map<String, TagCounts> counts = new LinkedHashMap<>();
        byTag.forEach((tag, adders) ->
                counts.put(tag, new TagCounts(adders.hits.sum(), adders.puts.sum(), adders.removals.sum())));
        return counts;
    }

    void hit(Entry<?> entry) {
        add(entry, Adders::hits);
    }

    void put(Entry<?> entry) {
        add(entry, Adders::puts);
    }

    private void add(Entry<?> entry, Function<Adders, LongAdder> to) {
        for (String tag : entry.tags()) {
            Adders adders = byTag.get(tag);
            if (adders != null) {
                to.apply(adders).increment();
            }
        }
    }

    void removed(String tag, long count) {
        Adders adders = byTag.get(tag);
        if (adders != null) {
            adders.removals.add(count);
        }
    }
}
