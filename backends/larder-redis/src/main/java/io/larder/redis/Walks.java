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
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through what one cache has on the servers, a page at a time. Thread-safe; each walk is confined to one caller. */
final class Walks {

    /** How many entries of one bucket one command reads. */
    private static final int READ_ENTRIES_MAX = 1024;

    private final Calls calls;
    private final KeyLayout layout;
    private final Function<byte[], Entry<byte[]>> decoder;
    private final Clock clock;

    Walks(Calls calls, KeyLayout layout, Function<byte[], Entry<byte[]>> decoder, Clock clock) {
        this.calls = calls;
        this.layout = layout;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** Returns where entries are whose key matches, be they fresh, stale or damaged. */
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
                && clock.isBefore(ByteBuffer.wrap(startOfFrame).getLong(Frame.DEADLINES_AT));
    }

    /** Returns the fresh entries whose key matches. */
    Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return eachPage(places(pattern), this::entries).mapNotNull(this::fresh);
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
        return eachPage(members, this::entries)
                .mapNotNull(keyed -> keyed.entry().tags().contains(tag) ? fresh(keyed) : null);
    }

    private @Nullable KeyedEntry<String, byte[]> fresh(KeyedEntry<String, byte[]> keyed) {
        // What is damaged goes on to the layer that tells it.
        return keyed.entry() instanceof DamagedEntry || keyed.entry().isFresh(clock) ? keyed : null;
    }

    /** Returns what there is at {@code places}, by one command for each bucket, all sent at once. */
    Reply<List<KeyedEntry<String, byte[]>>> entries(Collection<EntryPlace> places) {
        List<List<EntryPlace>> groups = new ArrayList<>();
        EntryPlace.byBucket(places).values().forEach(group -> {
            for (int from = 0; from < group.size(); from += READ_ENTRIES_MAX) {
                groups.add(group.subList(from, Math.min(group.size(), from + READ_ENTRIES_MAX)));
            }
        });
        List<List<byte[]>> names = groups.stream()
                .map(group -> group.stream().map(layout::entry).toList())
                .toList();
        return calls.values(names).map(answers -> {
            List<KeyedEntry<String, byte[]>> entries = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                for (int j = 0; j < groups.get(i).size(); j++) {
                    byte[] frame = answers.get(i).get(j);
                    Entry<byte[]> entry = frame == null ? null : decoder.apply(frame);
                    if (entry instanceof DamagedEntry || (entry != null && entry.isKept(clock))) {
                        entries.add(new KeyedEntry<>(groups.get(i).get(j).text(), entry));
                    }
                }
            }
            return entries;
        });
    }

    /** Ends the leases of all keys that match. */
    Reply<@Nullable Void> endLeases(KeyPattern pattern) {
        return endLeases(new BucketPages(
                        layout,
                        step -> calls.lead(
                                        step.bucket(),
                                        commands -> commands.hscan(
                                                layout.leases(step.bucket()),
                                                step.cursor(),
                                                ScanArgs.Builder.limit(Pages.PAGE_SIZE)))
                                .map(found -> new BucketPages.Found(
                                        List.copyOf(found.getMap().keySet()), found)))
                .mapNotNull(place -> pattern.matches(place.text()) ? place : null));
    }

    private Reply<@Nullable Void> endLeases(Pages<EntryPlace> leases) {
        return leases.next().then(page -> {
            if (page.isEmpty()) {
                return Reply.none();
            }
            List<Reply<Long>> ended = new ArrayList<>();
            EntryPlace.byBucket(page)
                    .forEach((bucket, places) -> ended.add(calls.lead(
                            bucket,
                            commands -> commands.hdel(
                                    layout.leases(bucket),
                                    places.stream().map(EntryPlace::key).toArray(byte[][]::new)))));
            return Reply.all(ended).then(all -> endLeases(leases));
        });
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
