package io.larder.redis;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is used; where it is, who logs in and which database is asked stand in the URL alone. Immutable.
 *
 * @param link how connections are made and kept
 * @param tls what is presented and believed where the URL asks for TLS
 * @param read which nodes answer reads
 * @param readYourWrites whether this process sees its own writes, wherever it reads
 * @param waitReplicas how many replicas must have a write before it counts as done
 * @param maxValueBytes larger values are refused
 * @param clockSkew how much longer than its deadline the server keeps an entry, for programs whose clocks differ
 * @param lease how long a load may take before somebody else may take over
 * @param batches how callers share a connection
 * @param coherence how near tiers learn what changes
 */
public record RedisConfig(
        RedisLink link,
        RedisTls tls,
        Read read,
        boolean readYourWrites,
        int waitReplicas,
        long maxValueBytes,
        Duration clockSkew,
        Duration lease,
        RedisBatches batches,
        RedisCoherence coherence) {

    /** The size beyond which Redis itself refuses a string. */
    static final long VALUE_BYTES_MAX = 512L << 20;

    /** What a URL without parameters stands for. */
    public static final RedisConfig STANDARD = new RedisConfig(
            RedisLink.STANDARD,
            RedisTls.STANDARD,
            Read.LEADER,
            true,
            0,
            VALUE_BYTES_MAX,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            RedisBatches.STANDARD,
            RedisCoherence.STANDARD);

    /** What may be said about a client that was lent as well. */
    static final ParameterSet USE = new ParameterSet(List.of(
                    new Parameter("read", "leader, replica or nearest", "leader", "Which nodes answer reads."),
                    new Parameter(
                            "read-your-writes",
                            "true or false",
                            "true",
                            "Whether this process sees its own writes at once."),
                    new Parameter(
                            "wait-replicas",
                            "count such as '2'",
                            "0",
                            "Replicas that must have a write before it is done."),
                    new Parameter("max-value", "size such as '1MiB'", "512MiB", "Larger values are refused."),
                    new Parameter(
                            "clock-skew",
                            "duration such as '1s'",
                            "1s",
                            "How much longer the server keeps entries, for programs whose clocks differ."),
                    new Parameter(
                            "lease",
                            "duration such as '10s'",
                            "10s",
                            "How long a load may take before another takes over."),
                    new Parameter(
                            "connections",
                            "count such as '2'",
                            "1",
                            "Connections to each node, shared by all callers.")))
            .and(RedisBatches.PARAMETERS)
            .and(RedisCoherence.PARAMETERS);

    static final ParameterSet PARAMETERS = RedisAddress.PARAMETERS
            .and(RedisTls.PARAMETERS)
            .and(RedisLink.PARAMETERS)
            .and(USE);

    /** Which nodes answer reads. */
    public enum Read {
        /** The leader: what was written is what is read. */
        LEADER,
        /** A replica, which may lag behind; the leader while there is none. */
        REPLICA,
        /** The node with the shortest way, which may lag behind. */
        NEAREST
    }

    /** Refuses what cannot work. */
    public RedisConfig {
        if (waitReplicas < 0) {
            throw new ConfigException("'wait-replicas' must be at least 0, was '" + waitReplicas + "'");
        }
        if (maxValueBytes < 1 || maxValueBytes > VALUE_BYTES_MAX) {
            throw new ConfigException("'max-value' must be from 1B to 512MiB, was '" + maxValueBytes + "B'");
        }
        boolean tells = coherence.by() == RedisCoherence.By.TRACKING || coherence.by() == RedisCoherence.By.BUS;
        if (tells && read != Read.LEADER) {
            throw new ConfigException(
                    "'coherence=" + coherence.by().name().toLowerCase(Locale.ROOT) + "' needs 'read=leader', was '"
                            + read.name().toLowerCase(Locale.ROOT)
                            + "': what a replica lags behind, no server tells. Leave one of them out");
        }
        RedisLink.requireBetween("clock-skew", clockSkew, Duration.ZERO, RedisLink.TIMER_MAX);
        RedisLink.requireBetween("lease", lease, Duration.ofMillis(1), RedisLink.TIMER_MAX);
    }

    /** Returns this with other connections. */
    public RedisConfig withLink(RedisLink link) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with other certificates. */
    public RedisConfig withTls(RedisTls tls) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this reading elsewhere. */
    public RedisConfig withRead(Read read) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with or without sight of its own writes. */
    public RedisConfig withReadYourWrites(boolean readYourWrites) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with writes that wait for {@code waitReplicas} replicas. */
    public RedisConfig withWaitReplicas(int waitReplicas) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with a limit of {@code maxValueBytes} bytes for a value. */
    public RedisConfig withMaxValueBytes(long maxValueBytes) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this for clocks that differ by up to {@code clockSkew}. */
    public RedisConfig withClockSkew(Duration clockSkew) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with leases of {@code lease}. */
    public RedisConfig withLease(Duration lease) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with callers who share a connection otherwise. */
    public RedisConfig withBatches(RedisBatches batches) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this with another way of telling near tiers. */
    public RedisConfig withCoherence(RedisCoherence coherence) {
        return new RedisConfig(
                link, tls, read, readYourWrites, waitReplicas, maxValueBytes, clockSkew, lease, batches, coherence);
    }

    /** Returns this, changed by what {@code url} says. */
    RedisConfig with(CacheUrl url) {
        Parameters given = url.parameters();
        Read read = choice(given.oneOf("read", List.of("leader", "replica", "nearest")));
        Boolean readYourWrites = flag(given, "read-your-writes");
        Duration clockSkew = given.duration("clock-skew");
        Duration lease = given.duration("lease");
        return new RedisConfig(
                link.with(url),
                tls.with(url),
                read == null ? this.read : read,
                readYourWrites == null ? this.readYourWrites : readYourWrites,
                Math.toIntExact(Math.min(given.count("wait-replicas", waitReplicas), Integer.MAX_VALUE)),
                given.sizeBytes("max-value", maxValueBytes),
                clockSkew == null ? this.clockSkew : clockSkew,
                lease == null ? this.lease : lease,
                batches.with(url),
                coherence.with(url));
    }

    static @Nullable Boolean flag(Parameters given, String name) {
        String text = given.oneOf(name, List.of("true", "false"));
        return text == null ? null : Boolean.valueOf(text);
    }

    private static @Nullable Read choice(@Nullable String name) {
        return name == null ? null : Read.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
