package io.larder.memcached;

import io.larder.Clock;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through what one cache has on the nodes, a page at a time. Thread-safe; each walk is confined to one caller. */
final class Walks {

    private final ItemNames names;
    private final Reads reads;
    private final Clock clock;

    Walks(ItemNames names, Reads reads, Clock clock) {
        this.names = names;
        this.reads = reads;
        this.clock = clock;
    }

    /** Returns the fresh keys on a node that match. */
    Pages<String> keys(Node node, KeyPattern pattern) {
        return entries(node, pattern).mapNotNull(keyed -> keyed.entry() instanceof DamagedEntry ? null : keyed.key());
    }

    /** Returns the fresh entries on a node whose key matches. */
    Pages<KeyedEntry<String, byte[]>> entries(Node node, KeyPattern pattern) {
        return entries(node, places(node, pattern)).mapNotNull(keyed -> pattern.matches(keyed.key()) ? keyed : null);
    }

    /** Returns the fresh entries at these places, and what is damaged, which goes on to the layer that tells it. */
    Pages<KeyedEntry<String, byte[]>> entries(Node node, Pages<Place> places) {
        Pages<Sight> sights = eachPage(places, page -> reads.values(node, page));
        return sights.mapNotNull(sight -> {
            Entry<byte[]> entry = sight.entry(clock);
            return entry == null
                            || !sight.place().isKeyKnown()
                            || !(entry instanceof DamagedEntry || entry.isFresh(clock))
                    ? null
                    : new KeyedEntry<>(sight.place().key(), entry);
        });
    }

    /** Returns where everything is on a node whose key matches, leases and what does not count included. */
    Pages<Place> matches(Node node, KeyPattern pattern) {
        return eachPage(places(node, pattern), page -> {
            List<Place> hashed =
                    page.stream().filter(place -> !place.isKeyKnown()).toList();
            List<Place> known = page.stream().filter(Place::isKeyKnown).toList();
            return hashed.isEmpty()
                    ? Reply.ready(known)
                    : reads.sights(node, hashed, Set.of()).map(sights -> {
                        List<Place> all = new ArrayList<>(known);
                        sights.stream()
                                .map(Sight::place)
                                .filter(place -> place.isKeyKnown() && pattern.matches(place.key()))
                                .forEach(all::add);
                        return all;
                    });
        });
    }

    /** Returns the items on a node whose entry was written under this generation of the tag, found by looking at all there are. */
    Pages<Sight> carriers(Node node, String tag, long generation) {
        Pages<Sight> sights = eachPage(all(node), page -> reads.sights(node, page, Set.of()));
        return sights.mapNotNull(sight -> {
            Entry<byte[]> entry = sight.claimed();
            Item item = sight.item();
            if (entry == null || item == null) {
                return null;
            }
            int i = 0;
            for (String each : Tags.sorted(entry.tags())) {
                if (each.equals(tag)) {
                    return i < item.tagGenerations().length && item.tagGenerations()[i] == generation ? sight : null;
                }
                i++;
            }
            return null;
        });
    }

    /** Returns where everything is on a node. */
    Pages<Place> all(Node node) {
        return places(node, KeyPattern.ALL);
    }

    /** Returns where everything is on a node whose key matches, or is not known yet. */
    private Pages<Place> places(Node node, KeyPattern pattern) {
        byte[] start = names.entriesThatStart(pattern.literalPrefix());
        return node.names(name -> names.isHashed(name) || ItemNames.startsWith(name, start))
                .mapNotNull(name -> {
                    if (names.isHashed(name)) {
                        return Place.ofHash(name, node);
                    }
                    String key = names.keyIn(name);
                    return key == null || !pattern.matches(key) ? null : Place.of(key, name, node);
                });
    }

    /** Returns the pages that {@code step} makes of the pages; an empty one makes way for the next, because it would end the walk. */
    static <T, U> Pages<U> eachPage(Pages<T> pages, Function<List<T>, Reply<List<U>>> step) {
        return new Pages<>() {
            @Override
            public Reply<List<U>> next() {
                return pages.next()
                        .then(page -> page.isEmpty()
                                ? Reply.ready(List.of())
                                : step.apply(page).then(made -> made.isEmpty() ? next() : Reply.ready(made)));
            }
        };
    }

    /** Returns the pages of several walks, one walk after the other. */
    static <T> Pages<T> joined(List<Pages<T>> walks) {
        Iterator<Pages<T>> left = walks.iterator();
        return new Pages<>() {
            private @Nullable Pages<T> walk;

            @Override
            public Reply<List<T>> next() {
                Pages<T> under = walk;
                if (under == null) {
                    if (!left.hasNext()) {
                        return Reply.ready(List.of());
                    }
                    under = left.next();
                    walk = under;
                }
                return under.next().then(page -> {
                    if (!page.isEmpty()) {
                        return Reply.ready(page);
                    }
                    walk = null;
                    return next();
                });
            }
        };
    }
}
