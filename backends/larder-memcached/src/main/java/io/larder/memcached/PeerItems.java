package io.larder.memcached;

import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.peer.PeerStore;
import io.larder.peer.PeerTags;
import io.larder.spi.BackendInfo;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Items as other programs keep them: named by the key alone, with flags that tell what the value is. Thread-safe.
 *
 * <p>A server keeps an item for whole seconds, and a longer one here than was asked for by up to one.
 */
final class PeerItems implements PeerStore {

    private static final MetaFlags READ = MetaFlags.of("vft");

    private final Nodes nodes;
    private final boolean typed;
    private final long valueBytesMax;
    private final Clock clock;

    /** Makes it; {@code typed} if flags tell what a value is, as pymemcache's do. */
    PeerItems(Nodes nodes, boolean typed, long valueBytesMax, Clock clock) {
        this.nodes = nodes;
        this.valueBytesMax = valueBytesMax;
        this.typed = typed;
        this.clock = clock;
    }

    @Override
    public String address() {
        return nodes.url();
    }

    @Override
    public @Nullable PeerTags tags() {
        return null;
    }

    @Override
    public long valueBytesMax() {
        return valueBytesMax;
    }

    /** A server counts without a sign, and what falls below zero stays there. */
    @Override
    public boolean counts() {
        return false;
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String name) {
        return call(name, bytes -> MetaRequest.get(bytes, READ)).map(this::entry);
    }

    private @Nullable Entry<byte[]> entry(MetaReply reply) {
        byte[] value = reply.value();
        if (value == null) {
            return null;
        }
        long now = clock.millis();
        long end = reply.ttlSeconds() < 0 ? Lifetime.NEVER : now + 1_000 * reply.ttlSeconds();
        try {
            byte[] read = typed ? PymemcacheValue.pickle(value, reply.clientFlags()) : value;
            return new Entry<>(read, new Lifetime(now, end, end), Set.of());
        } catch (CodecException e) {
            return new DamagedEntry(e);
        }
    }

    @Override
    public Reply<Boolean> set(String name, byte[] value, Lifetime lifetime, PutMode mode) {
        MetaFlags flags = MetaFlags.NONE
                .with('T', ttlSeconds(lifetime))
                .with('F', typed ? PymemcacheValue.flags(value) : 0)
                .with('M', mode == PutMode.ALWAYS ? "S" : mode == PutMode.IF_ABSENT ? "E" : "R");
        return call(name, bytes -> MetaRequest.set(bytes, value, flags)).map(MetaReply::done);
    }

    @Override
    public Reply<Boolean> remove(String name) {
        return call(name, bytes -> MetaRequest.delete(bytes, MetaFlags.NONE)).map(MetaReply::done);
    }

    @Override
    public Reply<Boolean> expire(String name, Lifetime lifetime) {
        MetaFlags flags = MetaFlags.NONE.with('T', ttlSeconds(lifetime));
        return call(name, bytes -> MetaRequest.get(bytes, flags)).map(MetaReply::done);
    }

    @Override
    public Reply<Long> add(String key, String name, long delta, Entry<Long> initial) {
        throw new UnsupportedOperationException("other programs' counters on memcached have no sign");
    }

    @Override
    public Pages<String> names(String start) {
        byte[] prefix = KeyBytes.encode(start);
        return Walks.joined(nodes.usable().stream()
                        .map(node -> node.names(name -> startsWith(name, prefix)))
                        .toList())
                .mapNotNull(PeerItems::decoded);
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static @Nullable String decoded(byte[] name) {
        try {
            return KeyBytes.decode(name);
        } catch (CodecException notText) {
            return null;
        }
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return nodes.ping();
    }

    @Override
    public @Nullable Reply<@Nullable Void> pingAny() {
        return nodes.pingAny();
    }

    @Override
    public BackendInfo known() {
        return nodes.known();
    }

    @Override
    public Reply<BackendInfo> info() {
        return ServerStats.info(nodes);
    }

    /** Refuses what no other program could ask for by this name. */
    private Reply<MetaReply> call(String name, Function<byte[], MetaRequest> request) {
        byte[] bytes = KeyBytes.encode(name);
        if (bytes.length > MetaRequest.KEY_BYTES_MAX || name.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            return Reply.failed(new CodecException(
                    "Cannot use key '" + ItemWriter.shortened(name)
                            + "': other programs ask memcached for names of up to " + MetaRequest.KEY_BYTES_MAX
                            + " bytes, without spaces and control characters",
                    null));
        }
        Node node = nodes.of(bytes);
        return node.one(request.apply(bytes))
                .map(reply -> node.accepted(List.of(reply)).get(0));
    }

    /** Returns for how long the server is to keep it, in its own terms: 0 for ever; what is over by now has a moment left. */
    private long ttlSeconds(Lifetime lifetime) {
        long leftMillis = lifetime.keepUntilMillis() - clock.millis();
        return lifetime.keepUntilMillis() == Lifetime.NEVER
                ? 0
                : ItemWriter.ttl(Math.max(1, (leftMillis + 999) / 1_000));
    }
}
