package io.larder.memcached;

import io.larder.ConfigException;
import io.larder.memcached.client.KetamaPlacement;
import io.larder.memcached.client.ModuloPlacement;
import io.larder.memcached.client.Placement;
import io.larder.memcached.client.RendezvousPlacement;
import io.larder.memcached.client.WeightedServer;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.Units;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How memcached is used; where it is and who logs in stand in the URL alone. Immutable.
 *
 * @param connectTimeout for reaching a server, with TLS and login
 * @param reconnectMax the longest pause between two attempts to connect again; the first one is {@value #RECONNECT_MILLIS_MIN} ms
 * @param tls what is presented and believed where the URL asks for TLS
 * @param hash which server has which keys
 * @param onDead what becomes of the keys of a server that cannot be reached
 * @param chunk whether values over a server's item limit are split, rather than refused
 * @param maxValueBytes larger values are refused
 * @param clockSkew how much longer than its deadline a server keeps an entry, for programs whose clocks differ
 * @param lease how long a load may take before somebody else may take over
 */
public record MemcachedConfig(
        Duration connectTimeout,
        Duration reconnectMax,
        MemcachedTls tls,
        Hash hash,
        OnDead onDead,
        boolean chunk,
        long maxValueBytes,
        Duration clockSkew,
        Duration lease) {

    /** The shortest pause before connecting again. */
    static final int RECONNECT_MILLIS_MIN = 10;
    /** The longest value that is believed when a server announces it. */
    static final long VALUE_BYTES_MAX = 127L << 20;
    /** Longer than anybody waits for a server. */
    private static final Duration TIMER_MAX = Duration.ofDays(1);

    /** What a URL without parameters stands for. */
    public static final MemcachedConfig STANDARD = new MemcachedConfig(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            MemcachedTls.STANDARD,
            Hash.RENDEZVOUS,
            OnDead.MISS,
            false,
            VALUE_BYTES_MAX,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    static final ParameterSet PARAMETERS = MemcachedTls.PARAMETERS.and(new ParameterSet(List.of(
            new Parameter("connect-timeout", "duration such as '2s'", "2s", "For reaching a server and logging in."),
            new Parameter("reconnect-max", "duration such as '1s'", "1s", "Longest pause before connecting again."),
            new Parameter(
                    "hash",
                    "rendezvous, ketama or modulo",
                    "rendezvous",
                    "Which server has which keys: as pymemcache, libmemcached or the oldest clients choose."),
            new Parameter(
                    "on-dead",
                    "miss or rehash",
                    "miss",
                    "Whether the keys of a server that is down are misses, or go to the others."),
            new Parameter("chunk", "true or false", "false", "Whether values over the item limit are split."),
            new Parameter("max-value", "size such as '1MiB'", "127MiB", "Larger values are refused."),
            new Parameter(
                    "clock-skew",
                    "duration such as '1s'",
                    "1s",
                    "How much longer the server keeps entries, for programs whose clocks differ."),
            new Parameter(
                    "lease", "duration such as '10s'", "10s", "How long a load may take before another takes over."))));

    /** Which server has which keys. */
    public enum Hash {
        /** As pymemcache's {@code HashClient}; moves the fewest keys when servers come and go. */
        RENDEZVOUS,
        /** As libmemcached, plain or, if servers have weights, weighted. */
        KETAMA,
        /** The hash modulo the number of servers; almost every key moves when one comes. */
        MODULO;

        Placement placement(List<WeightedServer> servers) {
            boolean isWeighted = servers.stream().anyMatch(server -> server.weight() != 1);
            return switch (this) {
                case RENDEZVOUS -> new RendezvousPlacement(servers);
                case KETAMA -> isWeighted ? KetamaPlacement.weighted(servers) : KetamaPlacement.plain(servers);
                case MODULO -> new ModuloPlacement(servers);
            };
        }
    }

    /** What becomes of the keys of a server that cannot be reached. */
    public enum OnDead {
        /** They miss, and writing them fails, until it is back. */
        MISS,
        /** They go to the other servers until it is back; an invalidation may then be lost between two programs. */
        REHASH
    }

    /** Refuses what cannot work. */
    public MemcachedConfig {
        requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), TIMER_MAX);
        requireBetween("reconnect-max", reconnectMax, Duration.ofMillis(RECONNECT_MILLIS_MIN), TIMER_MAX);
        if (maxValueBytes < 1 || maxValueBytes > VALUE_BYTES_MAX) {
            throw new ConfigException("'max-value' must be from 1B to 127MiB, was '" + maxValueBytes + "B'");
        }
        requireBetween("clock-skew", clockSkew, Duration.ZERO, TIMER_MAX);
        requireBetween("lease", lease, Duration.ofMillis(1), TIMER_MAX);
    }

    /** Returns this with other limits for connecting. */
    public MemcachedConfig withConnecting(Duration connectTimeout, Duration reconnectMax) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this with other certificates. */
    public MemcachedConfig withTls(MemcachedTls tls) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this with another choice of servers. */
    public MemcachedConfig withHash(Hash hash) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this with another policy for servers that are down. */
    public MemcachedConfig withOnDead(OnDead onDead) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this splitting large values, or refusing them. */
    public MemcachedConfig withChunk(boolean chunk) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this with a limit of {@code maxValueBytes} bytes for a value. */
    public MemcachedConfig withMaxValueBytes(long maxValueBytes) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this for clocks that differ by up to {@code clockSkew}. */
    public MemcachedConfig withClockSkew(Duration clockSkew) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this with leases of {@code lease}. */
    public MemcachedConfig withLease(Duration lease) {
        return new MemcachedConfig(
                connectTimeout, reconnectMax, tls, hash, onDead, chunk, maxValueBytes, clockSkew, lease);
    }

    /** Returns this, changed by what {@code url} says. */
    MemcachedConfig with(CacheUrl url) {
        Parameters given = url.parameters();
        String hash = upper(given.oneOf("hash", List.of("rendezvous", "ketama", "modulo")));
        String onDead = upper(given.oneOf("on-dead", List.of("miss", "rehash")));
        String chunk = given.oneOf("chunk", List.of("true", "false"));
        return new MemcachedConfig(
                duration(given, "connect-timeout", connectTimeout),
                duration(given, "reconnect-max", reconnectMax),
                tls.with(url),
                hash == null ? this.hash : Hash.valueOf(hash),
                onDead == null ? this.onDead : OnDead.valueOf(onDead),
                chunk == null ? this.chunk : Boolean.parseBoolean(chunk),
                given.sizeBytes("max-value", maxValueBytes),
                duration(given, "clock-skew", clockSkew),
                duration(given, "lease", lease));
    }

    private static Duration duration(Parameters given, String name, Duration standard) {
        Duration duration = given.duration(name);
        return duration == null ? standard : duration;
    }

    private static @Nullable String upper(@Nullable String name) {
        return name == null ? null : name.toUpperCase(Locale.ROOT);
    }

    private static void requireBetween(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new ConfigException("'" + name + "' must be from " + Units.text(min) + " to " + Units.text(max)
                    + ", was '" + Units.text(value) + "'");
        }
    }
}
