package io.larder.redis;

import io.larder.Clock;
import io.larder.codec.Frame;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScoredValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through what one cache has on the servers, a page at a time. Thread-safe; each walk is confined to one caller. */
final class Walks {

    /** How many entries of one bucket one command reads. */
    private static final int READ_ENTRIES_MAX = 1024;

    private final Calls calls;
    private final KeyLayout layout;
    private final Framing framing;
    private final Clock clock;

    /** Entries of one bucket that one command reads: their keys, and what these are called on the server. */
    private record Group(List<String> keys, List<byte[]> names) {}

    Walks(Calls calls, KeyLayout layout, Framing framing) {
        this.calls = calls;
        this.layout = layout;
        this.framing = framing;
        this.clock = framing.clock();
    }

    /** Returns where entries are whose key matches, be they fresh, stale or damaged, or leased. */
    Pages<EntryPlace> places(KeyPattern pattern) {
        return new NodePages(calls, layout.entriesGlob(pattern.literalPrefix())).mapNotNull(name -> {
            byte[] key = layout.keyIn(name);
            EntryPlace place = key == null ? null : EntryPlace.of(key, layout);
            return place != null && pattern.matches(place.text()) ? place : null;
        });
    }

    /** Returns the keys of fresh entries, without reading their values. */
    Pages<String> keys(KeyPattern pattern) {
        return eachPage(places(pattern), page -> {
            List<byte[]> names = page.stream().map(layout::entry).toList();
            return calls.starts(names, Frame.DEADLINES_AT + Long.BYTES).map(starts -> {
                List<String> fresh = new ArrayList<>();
                for (int i = 0; i < starts.size(); i++) {
                    if (isFresh(starts.get(i))) {
                        fresh.add(page.get(i).text());
                    }
                }
                return fresh;
            });
        });
    }

    private boolean isFresh(byte[] startOfFrame) {
        return startOfFrame.length == Frame.DEADLINES_AT + Long.BYTES
                && !Hole.beginsIn(startOfFrame)
                && clock.isBefore(ByteBuffer.wrap(startOfFrame).getLong(Frame.DEADLINES_AT));
    }

    /** Returns the fresh entries whose key matches. */
    Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return eachPage(places(pattern), this::keyed).mapNotNull(this::fresh);
    }

    /** Returns the fresh entries that carry {@code tag}. */
    Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        Pages<EntryPlace> members = new BucketPages(
                layout,
                step -> calls.lead(
                                step.bucket(),
                                commands -> commands.zscan(
                                        layout.tagSet(step.bucket(), tag),
                                        step.cursor(),
                                        ScanArgs.Builder.limit(Pages.PAGE_SIZE)))
                        .map(found -> new BucketPages.Found(
                                found.getValues().stream()
                                        .map(ScoredValue::getValue)
                                        .toList(),
                                found)));
        return eachPage(members, this::keyed)
                .mapNotNull(keyed -> keyed.entry().tags().contains(tag) ? fresh(keyed) : null);
    }

    private @Nullable KeyedEntry<String, byte[]> fresh(KeyedEntry<String, byte[]> keyed) {
        // What is damaged goes on to the layer that tells it.
        return keyed.entry() instanceof DamagedEntry || keyed.entry().isFresh(clock) ? keyed : null;
    }

    private Reply<List<KeyedEntry<String, byte[]>>> keyed(List<EntryPlace> places) {
        return entries(places)
                .map(found -> found.entrySet().stream()
                        .map(entry -> new KeyedEntry<>(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Returns what there is at {@code places} by key, by one command for each bucket, all sent at once. */
    Reply<Map<String, Entry<byte[]>>> entries(Collection<EntryPlace> places) {
        List<Group> groups = groups(places);
        return calls.values(groups.stream().map(Group::names).toList()).map(answers -> {
            Map<String, Entry<byte[]>> entries = new LinkedHashMap<>(2 * places.size());
            for (int i = 0; i < answers.size(); i++) {
                List<String> keys = groups.get(i).keys();
                List<byte[]> values = answers.get(i);
                for (int j = 0; j < values.size(); j++) {
                    Entry<byte[]> entry = framing.entry(values.get(j));
                    if (entry != null) {
                        entries.put(keys.get(j), entry);
                    }
                }
            }
            return entries;
        });
    }

    private List<Group> groups(Collection<EntryPlace> places) {
        List<Group> groups = new ArrayList<>();
        @Nullable Group[] open = new Group[layout.buckets()];
        for (EntryPlace place : places) {
            Group group = open[place.bucket()];
            if (group == null || group.names().size() == READ_ENTRIES_MAX) {
                group = new Group(new ArrayList<>(), new ArrayList<>());
                open[place.bucket()] = group;
                groups.add(group);
            }
            group.keys().add(place.text());
            group.names().add(layout.entry(place));
        }
        return groups;
    }

    /** Returns the pages that {@code step} makes of the pages; an empty one makes way for the next, because it would end the walk. */
    private static <T, U> Pages<U> eachPage(Pages<T> pages, Function<List<T>, Reply<List<U>>> step) {
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
}
