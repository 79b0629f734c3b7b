package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.LarderException;
import io.larder.codec.DecimalCodec;
import io.larder.codec.Frame;
import io.larder.codec.KeyBytes;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache on Redis. Thread-safe.
 *
 * <p>Reads are plain commands; every change is one script on one bucket, so that an entry, its tags and its lease change together. What
 * touches many buckets or many entries goes in several scripts, each of which is short.
 */
final class RedisBackend implements Backend<String, byte[]> {

    /** How many entries one script changes at most; the server does nothing else in the meantime. */
    private static final int SCRIPT_ENTRIES_MAX = 128;
    /** How many bytes of values one script gets at most, unless a single one is larger. */
    private static final int SCRIPT_BYTES_MAX = 1 << 20;
    /** The longest time for which a server is told to keep something; beyond it, for ever. */
    private static final long KEEP_MILLIS_MAX = 1L << 50;
    /** First epochs are drawn from here; far below 2^53, up to where a script's numbers are exact. */
    private static final long EPOCH_MAX = 1L << 50;

    private final Connections connections;
    private final Calls calls;
    private final KeyLayout layout;
    private final String codec;
    private final Clock clock;
    private final RedisConfig config;
    private final Walks walks;

    RedisBackend(Connections connections, Calls calls, KeyLayout layout, String codec, Clock clock) {
        this.connections = connections;
        this.calls = calls;
        this.layout = layout;
        this.codec = codec;
        this.clock = clock;
        this.config = connections.config();
        this.walks = new Walks(calls, layout, this::decode, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String key) {
        byte[] name = layout.entry(place(key));
        return calls.read(key.hashCode(), commands -> commands.get(name)).map(this::kept);
    }

    @Override
    public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
        List<EntryPlace> places = keys.stream().distinct().map(this::place).toList();
        return walks.entries(places).map(found -> {
            Map<String, Entry<byte[]>> entries = new LinkedHashMap<>();
            found.forEach(keyed -> entries.put(keyed.key(), keyed.entry()));
            return entries;
        });
    }

    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token) {
        return run(
                        Script.GET_OR_LEASE,
                        place(key),
                        KeyBytes.encode(token),
                        bytes(config.lease().toMillis()),
                        bytes(randomEpoch()))
                .map(answer -> answer instanceof byte[] frame ? decode(frame) : lease((List<?>) answer));
    }

    private static Lookup<byte[]> lease(List<?> answer) {
        return new Lease<>(KeyBytes.decode((byte[]) answer.get(0)), Long.parseLong(text(answer.get(1))));
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        return framing(() -> run(
                        Script.PUT_LEASED,
                        place(key),
                        KeyBytes.encode(lease.token()),
                        bytes(lease.epoch()),
                        frame(key, entry),
                        bytes(keepMillis(entry.lifetime()))))
                .map(answer -> (Long) answer == 1);
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<byte[]> lease) {
        return run(Script.RELEASE, place(key), KeyBytes.encode(lease.token()), bytes(lease.epoch()))
                .map(answer -> null);
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return framing(() -> run(
                        Script.PUT,
                        place(key),
                        bytes(mode.name()),
                        frame(key, entry),
                        bytes(keepMillis(entry.lifetime()))))
                .map(answer -> (Long) answer == 1);
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> entries) {
        return framing(() -> {
                    List<ScriptCall> puts = new ArrayList<>();
                    EntryPlace.byBucket(
                                    entries.keySet().stream().map(this::place).toList())
                            .forEach((bucket, places) -> addPuts(puts, bucket, places, entries));
                    return runAll(puts);
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
            byte[] frame = frame(place.text(), entry);
            if (!some.isEmpty() && (some.size() == SCRIPT_ENTRIES_MAX || sizeBytes + frame.length > SCRIPT_BYTES_MAX)) {
                puts.add(call(Script.PUT, bucket, some, arguments));
                some.clear();
                arguments.subList(1, arguments.size()).clear();
                sizeBytes = 0;
            }
            some.add(place);
            arguments.add(frame);
            arguments.add(bytes(keepMillis(entry.lifetime())));
            sizeBytes += frame.length;
        }
        puts.add(call(Script.PUT, bucket, some, arguments));
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return run(Script.REMOVE, place(key)).map(answer -> (Long) answer == 1);
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
                removals.add(call(Script.REMOVE, bucket, some.subList(from, to), List.of()));
            }
        });
        return runAll(removals)
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
        return run(Script.EXPIRE, place(key), deadlines, bytes(keepMillis(lifetime)))
                .map(answer -> (Long) answer == 1);
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        Long first = initial.value();
        if (first == null) {
            throw new IllegalArgumentException("initial must have a value, was " + initial);
        }
        Entry<byte[]> encoded = initial.withValue(new DecimalCodec().encode(first));
        return framing(() -> run(
                        Script.ADD,
                        place(key),
                        bytes(delta),
                        frame(key, encoded),
                        bytes(keepMillis(initial.lifetime()))))
                .map(answer -> sum(key, delta, answer));
    }

    private static Long sum(String key, long delta, Object answer) {
        if (answer instanceof byte[] sum) {
            return Long.parseLong(text(sum));
        }
        if ((Long) answer == 1) {
            throw new ArithmeticException("Cannot add " + delta + " at key '" + shortened(key)
                    + "': the sum is beyond a signed integer of 64 bits");
        }
        throw BackendException.lasting(
                "Cannot count at key '" + shortened(key) + "': its entry is not an integer of 64 bits", null);
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
                .map(bucket -> new ScriptCall(
                        Script.INVALIDATE_TAG,
                        List.of(layout.neverThere(bucket), layout.tagSet(bucket, tag)),
                        List.of(
                                bytes(clock.millis()),
                                layout.prefix(bucket),
                                KeyBytes.encode(tag),
                                bytes(SCRIPT_ENTRIES_MAX),
                                bytes(first ? 1 : 0),
                                bytes(randomEpoch()))))
                .toList();
        return runAll(invalidations).then(answers -> {
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

    /** Leases first: what was stored under one before is seen by the walk, and after it none is left to store under. */
    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return walks.endLeases(pattern).then(ended -> removeAll(walks.places(pattern), 0));
    }

    private Reply<Long> removeAll(Pages<EntryPlace> places, long before) {
        return places.next()
                .then(page -> page.isEmpty()
                        ? Reply.ready(before)
                        : removePlaces(page).then(removed -> removeAll(places, before + removed)));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return removeMatching(KeyPattern.ALL).map(removed -> null);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return calls.leaders()
                .then(leaders -> Reply.all(leaders.stream()
                        .map(leader -> calls.ask(leader, commands -> commands.ping()))
                        .toList()))
                .map(answers -> null);
    }

    @Override
    public Reply<BackendInfo> info() {
        return calls.leaders()
                .then(leaders -> calls.ask(leaders.get(0), commands -> commands.info()))
                .map(text -> ServerInfo.of(connections.address(), text));
    }

    /** Leaves the connections alone, which other caches share. */
    @Override
    public void close() {
        // Nothing is this cache's alone.
    }

    private EntryPlace place(String key) {
        return EntryPlace.of(key, layout);
    }

    private Reply<Object> run(Script script, EntryPlace place, byte[]... arguments) {
        return calls.run(place.text().hashCode(), call(script, place.bucket(), List.of(place), List.of(arguments)));
    }

    private Reply<List<Object>> runAll(List<ScriptCall> scripts) {
        return scripts.isEmpty() ? Reply.ready(List.of()) : calls.runAll(scripts);
    }

    private ScriptCall call(Script script, int bucket, List<EntryPlace> places, List<byte[]> arguments) {
        List<byte[]> keys = new ArrayList<>(places.size() + 1);
        keys.add(layout.neverThere(bucket));
        places.forEach(place -> keys.add(layout.entry(place)));
        List<byte[]> all = new ArrayList<>(arguments.size() + 2);
        all.add(bytes(clock.millis()));
        all.add(layout.prefix(bucket));
        all.addAll(arguments);
        return new ScriptCall(script, keys, all);
    }

    private byte[] frame(String key, Entry<byte[]> entry) {
        byte[] value = entry.value();
        requireSize(
                key, "its value has", value == null ? 0 : value.length, "'max-value' allows", config.maxValueBytes());
        byte[] frame = Frame.encode(null, codec, entry);
        // Beyond its own limit, a server closes the connection, and with it what others are waiting for.
        requireSize(key, "with its tags it takes", frame.length, "Redis keeps", RedisConfig.VALUE_BYTES_MAX);
        return frame;
    }

    private static void requireSize(String key, String what, long sizeBytes, String limit, long sizeBytesMax) {
        if (sizeBytes > sizeBytesMax) {
            throw BackendException.lasting(
                    "Cannot store key '" + shortened(key) + "': " + what + " " + sizeBytes + " bytes, and " + limit
                            + " " + sizeBytesMax + ". Raise the limit, or split the value",
                    null);
        }
    }

    /** Turns a value that is refused into a reply, as every other failure is. */
    private static <T> Reply<T> framing(Supplier<Reply<T>> call) {
        try {
            return call.get();
        } catch (LarderException refused) {
            return Reply.failed(refused);
        }
    }

    private Entry<byte[]> decode(byte[] frame) {
        return Frame.decode(frame, codec, null);
    }

    private @Nullable Entry<byte[]> kept(byte @Nullable [] frame) {
        Entry<byte[]> entry = frame == null ? null : decode(frame);
        return entry instanceof DamagedEntry || (entry != null && entry.isKept(clock)) ? entry : null;
    }

    /** Returns how long the server keeps an entry: 0 for not at all, negative for ever. */
    private long keepMillis(Lifetime lifetime) {
        long now = clock.millis();
        if (lifetime.isOver(now)) {
            return 0;
        }
        long leftMillis = lifetime.keepUntilMillis() - now;
        return leftMillis < 0 || leftMillis > KEEP_MILLIS_MAX
                ? -1
                : leftMillis + config.clockSkew().toMillis();
    }

    private static long randomEpoch() {
        return ThreadLocalRandom.current().nextLong(1, EPOCH_MAX);
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private static String shortened(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }
}
