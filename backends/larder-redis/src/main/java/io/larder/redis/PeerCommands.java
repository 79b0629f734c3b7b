package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import io.larder.peer.PeerLayout;
import io.larder.peer.PeerStore;
import io.larder.peer.PeerTags;
import io.larder.spi.BackendInfo;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain commands on plain strings. Thread-safe. */
final class PeerCommands implements PeerStore {

    /** What PTTL says of a name that is not there. */
    private static final long GONE = -2;
    /** The longest time for which a server is told to keep something; beyond it, for ever. */
    private static final long KEEP_MILLIS_MAX = 1L << 50;
    /** By the name, the delta, what stands for none and a ttl or nothing. A sum goes through no number of the script's, which are inexact. */
    private static final byte[] ADD = bytes("""
                    if redis.call('EXISTS', KEYS[1]) == 1 then
                      redis.call('INCRBY', KEYS[1], ARGV[1])
                    elseif ARGV[2] == '' then
                      return redis.error_reply('ERR increment or decrement would overflow')
                    elseif ARGV[3] == '' then
                      redis.call('SET', KEYS[1], ARGV[2])
                    else
                      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
                    end
                    return redis.call('GET', KEYS[1])
                    """);

    private final Calls calls;
    private final Clock clock;
    private final @Nullable PeerTags tags;
    private final long valueBytesMax;

    PeerCommands(Calls calls, PeerLayout layout, long valueBytesMax, Clock clock) {
        this.calls = calls;
        this.valueBytesMax = valueBytesMax;
        this.clock = clock;
        this.tags = layout.hasTags() ? new TagScripts(calls, layout, clock) : null;
    }

    @Override
    public @Nullable PeerTags tags() {
        return tags;
    }

    @Override
    public long valueBytesMax() {
        return valueBytesMax;
    }

    @Override
    public boolean counts() {
        return true;
    }

    @Override
    public String address() {
        return calls.address();
    }

    @Override
    public Reply<BackendInfo> info() {
        return calls.info();
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return calls.ping();
    }

    /** Asks for the value and for what is left of its time in one go. */
    @Override
    public Reply<@Nullable Entry<byte[]>> get(String text) {
        byte[] name = KeyBytes.encode(text);
        return calls.read(hash(name), commands -> commands.get(name).thenCombine(commands.pttl(name), this::entry));
    }

    private @Nullable Entry<byte[]> entry(byte @Nullable [] value, Long leftMillis) {
        long now = clock.millis();
        if (value == null || leftMillis == GONE) {
            return null;
        }
        long end = leftMillis < 0 ? Lifetime.NEVER : now + leftMillis;
        return new Entry<>(value, new Lifetime(now, end, end), Set.of());
    }

    @Override
    public Reply<Boolean> set(String text, byte[] value, Lifetime lifetime, PutMode mode) {
        byte[] name = KeyBytes.encode(text);
        SetArgs args = new SetArgs();
        long keepMillis = keepMillis(lifetime, clock);
        if (keepMillis >= 0) {
            args.px(keepMillis);
        }
        switch (mode) {
            case IF_ABSENT -> args.nx();
            case IF_PRESENT -> args.xx();
            case ALWAYS -> {}
        }
        return calls.lead(hash(name), commands -> commands.set(name, value, args))
                .map("OK"::equals);
    }

    @Override
    public Reply<Boolean> remove(String text) {
        byte[] name = KeyBytes.encode(text);
        return calls.lead(hash(name), commands -> commands.del(name)).map(removed -> removed > 0);
    }

    /** PERSIST alone would not tell what never ends from what is not there. */
    @Override
    public Reply<Boolean> expire(String text, Lifetime lifetime) {
        byte[] name = KeyBytes.encode(text);
        long keepMillis = keepMillis(lifetime, clock);
        return calls.lead(
                hash(name),
                commands -> keepMillis >= 0
                        ? commands.pexpire(name, keepMillis)
                        : commands.persist(name).thenCombine(commands.exists(name), (done, there) -> there > 0));
    }

    @Override
    public Reply<Long> add(String key, String text, long delta, Entry<Long> initial) {
        byte[] name = KeyBytes.encode(text);
        Long first = initial.value();
        if (first == null) {
            throw new IllegalArgumentException("initial must have a value, was " + initial);
        }
        long sum = first + delta;
        boolean overflows = ((first ^ sum) & (delta ^ sum)) < 0;
        long keepMillis = keepMillis(initial.lifetime(), clock);
        byte[][] arguments = {
            bytes(delta), overflows ? new byte[0] : bytes(sum), keepMillis < 0 ? new byte[0] : bytes(keepMillis)
        };
        return calls.<byte[]>lead(
                        hash(name),
                        commands -> commands.eval(ADD, ScriptOutputType.VALUE, new byte[][] {name}, arguments))
                .map(digits -> Long.parseLong(new String(digits, StandardCharsets.US_ASCII)))
                .recover(failure -> {
                    throw explained(key, delta, failure);
                });
    }

    private static RuntimeException explained(String key, long delta, RuntimeException failure) {
        String told = failure.getCause() instanceof RedisCommandExecutionException refused
                ? String.valueOf(refused.getMessage())
                : "";
        if (told.contains("overflow")) {
            return new ArithmeticException("Cannot add " + delta + " at key '" + Framing.shortened(key)
                    + "': the sum is beyond a signed integer of 64 bits");
        }
        return told.contains("not an integer")
                ? BackendException.lasting(
                        "Cannot count at key '" + Framing.shortened(key) + "': its entry is not an integer of 64 bits",
                        failure)
                : failure;
    }

    /** Strings alone: what is of another type is another program's. */
    @Override
    public Pages<String> names(String start) {
        return NodePages.ofStrings(calls, KeyLayout.globOf(start)).mapNotNull(PeerCommands::decoded);
    }

    private static @Nullable String decoded(byte[] name) {
        try {
            return KeyBytes.decode(name);
        } catch (CodecException notText) {
            return null;
        }
    }

    /** Returns how long the server keeps it, negative for ever; what is over by now has a moment left. */
    static long keepMillis(Lifetime lifetime, Clock clock) {
        long leftMillis = lifetime.keepUntilMillis() - clock.millis();
        return leftMillis > KEEP_MILLIS_MAX ? -1 : Math.max(1, leftMillis);
    }

    private static int hash(byte[] name) {
        return Arrays.hashCode(name);
    }
}
