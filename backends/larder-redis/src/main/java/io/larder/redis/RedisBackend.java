package io.larder.redis;

import static io.larder.redis.BucketScripts.framing;
import static io.larder.redis.ScriptCall.bytes;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.codec.DecimalCodec;
import io.larder.codec.KeyBytes;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.spi.Watch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache on Redis. Thread-safe.
 *
 * <p>Reads are plain commands; every change is one step on one bucket, so that an entry, its tags and its lease change together. What
 * touches many buckets or many entries goes in several scripts, each of which is short.
 */
final class RedisBackend implements Backend<String, byte[]> {

    /** How many entries one script changes at most; the server does nothing else in the meantime. */
    private static final int SCRIPT_ENTRIES_MAX = 128;
    /** How many bytes of values one script gets at most, unless a single one is larger. */
    private static final int SCRIPT_BYTES_MAX = 1 << 20;
    /** Up to here a {@code SET} that brings the old value back is cheaper than a script that only looks at it. */
    private static final int PLAIN_BYTES_MAX = 4 << 10;

    private final Connections connections;
    private final Calls calls;
    private final Changes changes;
    private final KeyLayout layout;
    private final Clock clock;
    private final Framing framing;
    private final BucketScripts scripts;
    private final Leases leases;
    private final Walks walks;

    RedisBackend(Connections connections, Calls calls, Changes changes, KeyLayout layout, String codec, Clock clock) {
        this.connections = connections;
        this.calls = calls;
        this.changes = changes;
        this.layout = layout;
        this.clock = clock;
        this.framing = new Framing(codec, clock, connections.config());
        this.scripts = new BucketScripts(calls, layout, clock);
        this.leases = new Leases(calls, layout, scripts, framing);
        this.walks = new Walks(calls, layout, framing);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String key) {
        byte[] name = layout.entry(place(key));
        return calls.get(key.hashCode(), name).map(framing::entry);
    }

    @Override
    public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
        List<EntryPlace> places = new ArrayList<>(keys.size());
        keys.forEach(key -> places.add(place(key)));
        return walks.entries(places);
    }

    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
        return leases.getOrLease(place(key), token, terms);
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        return leases.putLeased(place(key), entry, lease);
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<byte[]> lease) {
        return leases.release(place(key), lease);
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return framing(() -> {
            EntryPlace place = place(key);
            byte[] frame = framing.bytes(key, entry);
            long keepMillis = framing.keepMillis(entry.lifetime());
            boolean plain = mode == PutMode.ALWAYS
                    && entry.tags().isEmpty()
                    && keepMillis != 0
                    && frame.length <= PLAIN_BYTES_MAX;
            return plain ? putPlainly(place, frame, keepMillis) : putByScript(place, frame, keepMillis, mode);
        });
    }

    private Reply<Boolean> putByScript(EntryPlace place, byte[] frame, long keepMillis, PutMode mode) {
        return scripts.run(Script.PUT, place, bytes(mode.name()), frame, bytes(keepMillis))
                .map(answer -> (Long) answer == 1);
    }

    private Reply<Boolean> putPlainly(EntryPlace place, byte[] frame, long keepMillis) {
        return calls.set(place.text().hashCode(), new PlainSet(layout.entry(place), frame, keepMillis, false))
                .then(outcome -> {
                    if (outcome.refused()) {
                        return putByScript(place, frame, keepMillis, PutMode.ALWAYS);
                    }
                    Set<String> tags = framing.tags(outcome.before());
                    return tags.isEmpty()
                            ? Reply.ready(true)
                            : scripts.run(
                                            Script.UNTAG,
                                            place,
                                            tags.stream().map(KeyBytes::encode).toArray(byte[][]::new))
                                    .map(answer -> true);
                });
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> entries) {
        return framing(() -> {
                    List<ScriptCall> puts = new ArrayList<>();
                    EntryPlace.byBucket(
                                    entries.keySet().stream().map(this::place).toList())
                            .forEach((bucket, places) -> addPuts(puts, bucket, places, entries));
                    return scripts.runAll(puts);
                })
                .map(answers -> null);
    }

    private void addPuts(
            List<ScriptCall> puts, int bucket, List<EntryPlace> places, Map<String, Entry<byte[]>> entries) {
        List<EntryPlace> some = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(PutMode.ALWAYS.name()));
        int sizeBytes = 0;
        for (EntryPlace place : places) {
            Entry<byte[]> entry = entries.get(place.text());
            if (entry == null) {
                throw new IllegalArgumentException("entries must not change during the call");
            }
            byte[] frame = framing.bytes(place.text(), entry);
            if (!some.isEmpty() && (some.size() == SCRIPT_ENTRIES_MAX || sizeBytes + frame.length > SCRIPT_BYTES_MAX)) {
                puts.add(scripts.call(Script.PUT, bucket, some, arguments));
                some.clear();
                arguments.subList(1, arguments.size()).clear();
                sizeBytes = 0;
            }
            some.add(place);
            arguments.add(frame);
            arguments.add(bytes(framing.keepMillis(entry.lifetime())));
            sizeBytes += frame.length;
        }
        puts.add(scripts.call(Script.PUT, bucket, some, arguments));
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return scripts.run(Script.REMOVE, place(key)).map(answer -> (Long) answer == 1);
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        return removePlaces(keys.stream().distinct().map(this::place).toList());
    }

    private Reply<Long> removePlaces(List<EntryPlace> places) {
        List<ScriptCall> removals = new ArrayList<>();
        EntryPlace.byBucket(places).forEach((bucket, some) -> {
            for (int from = 0; from < some.size(); from += SCRIPT_ENTRIES_MAX) {
                int to = Math.min(some.size(), from + SCRIPT_ENTRIES_MAX);
                removals.add(scripts.call(Script.REMOVE, bucket, some.subList(from, to), List.of()));
            }
        });
        return scripts.runAll(removals)
                .map(answers ->
                        answers.stream().mapToLong(answer -> (Long) answer).sum());
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        if (lifetime.isOver(clock.millis())) {
            return remove(key);
        }
        byte[] deadlines = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(lifetime.freshUntilMillis())
                .putLong(lifetime.keepUntilMillis())
                .array();
        return scripts.run(Script.EXPIRE, place(key), deadlines, bytes(framing.keepMillis(lifetime)))
                .map(answer -> (Long) answer == 1);
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        Long first = initial.value();
        if (first == null) {
            throw new IllegalArgumentException("initial must have a value, was " + initial);
        }
        Entry<byte[]> encoded = initial.withValue(new DecimalCodec().encode(first));
        return framing(() -> scripts.run(
                        Script.ADD,
                        place(key),
                        bytes(delta),
                        framing.bytes(key, encoded),
                        bytes(framing.keepMillis(initial.lifetime()))))
                .map(answer -> sum(key, delta, answer));
    }

    private static Long sum(String key, long delta, Object answer) {
        if (answer instanceof byte[] sum) {
            return Long.parseLong(new String(sum, StandardCharsets.US_ASCII));
        }
        if ((Long) answer == 1) {
            throw new ArithmeticException("Cannot add " + delta + " at key '" + Framing.shortened(key)
                    + "': the sum is beyond a signed integer of 64 bits");
        }
        throw BackendException.lasting(
                "Cannot count at key '" + Framing.shortened(key) + "': its entry is not an integer of 64 bits", null);
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        List<Integer> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < layout.buckets(); bucket++) {
            buckets.add(bucket);
        }
        return invalidateTag(tag, buckets, true, 0);
    }

    /** Goes on where there is more than one script may do, with what is left to look at then. */
    private Reply<Long> invalidateTag(String tag, List<Integer> buckets, boolean first, long before) {
        List<ScriptCall> invalidations = buckets.stream()
                .map(bucket -> scripts.callOn(
                        Script.INVALIDATE_TAG,
                        bucket,
                        List.of(layout.tagSet(bucket, tag)),
                        List.of(
                                KeyBytes.encode(tag),
                                bytes(SCRIPT_ENTRIES_MAX),
                                bytes(first ? 1 : 0),
                                BucketScripts.randomEpoch())))
                .toList();
        return scripts.runAll(invalidations).then(answers -> {
            long removed = before;
            List<Integer> unfinished = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                List<?> answer = (List<?>) answers.get(i);
                removed += (Long) answer.get(0);
                if ((Long) answer.get(1) > 0) {
                    unfinished.add(buckets.get(i));
                }
            }
            return unfinished.isEmpty() ? Reply.ready(removed) : invalidateTag(tag, unfinished, false, removed);
        });
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        return walks.entriesByTag(tag);
    }

    @Override
    public Pages<String> keys(KeyPattern pattern) {
        return walks.keys(pattern);
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return walks.entries(pattern);
    }

    /** A walk sees all that is there from its beginning to its end, also a lease that becomes an entry in the meantime. */
    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return removeAll(walks.places(pattern), 0);
    }

    private Reply<Long> removeAll(Pages<EntryPlace> places, long before) {
        return places.next()
                .then(page -> page.isEmpty()
                        ? Reply.ready(before)
                        : removePlaces(page).then(removed -> removeAll(places, before + removed)));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return removeMatching(KeyPattern.ALL).then(removed -> forgetMarks());
    }

    /** Leaves nothing behind; a lease that came in the meantime may be lost. */
    private Reply<@Nullable Void> forgetMarks() {
        List<Reply<Long>> forgotten = new ArrayList<>();
        for (int bucket = 0; bucket < layout.buckets(); bucket++) {
            byte[] marks = layout.marks(bucket);
            forgotten.add(calls.lead(bucket, commands -> commands.unlink(marks)));
        }
        return Reply.all(forgotten).map(done -> null);
    }

    /** None where replicas are read: what a replica lags behind, nobody knows. */
    @Override
    public @Nullable Watch<String> watch(ChangeListener<String> told) {
        RedisConfig config = connections.config();
        return config.coherence().by() == RedisCoherence.By.NONE || config.read() != RedisConfig.Read.LEADER
                ? null
                : changes.watch(layout, told);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return calls.ping();
    }

    @Override
    public Reply<BackendInfo> info() {
        return calls.info();
    }

    /** Leaves the connections alone, which other caches share. */
    @Override
    public void close() {
        // Nothing is this cache's alone.
    }

    private EntryPlace place(String key) {
        return EntryPlace.of(key, layout);
    }
}
