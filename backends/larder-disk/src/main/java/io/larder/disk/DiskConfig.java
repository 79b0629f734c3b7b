package io.larder.disk;

import io.larder.ConfigException;
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
 * How a folder is used; where it is stands in the URL alone. Immutable.
 *
 * @param maxBytes what the whole folder may take, all its caches together
 * @param sync what a power failure may cost
 * @param maxValueBytes larger values are refused
 * @param lease how long a load may take before somebody else may take over
 * @param memoryBytes what copies of entries may take in this process, 0 for none
 */
public record DiskConfig(long maxBytes, Sync sync, long maxValueBytes, Duration lease, long memoryBytes) {

    /** What an empty folder and its journal take, with room for something to keep. */
    static final long MAX_BYTES_MIN = 1 << 20;

    /** The largest value that is kept at all. */
    static final long VALUE_BYTES_MAX = 256L << 20;

    private static final Duration LEASE_MAX = Duration.ofDays(1);

    /** What a URL without parameters stands for. */
    public static final DiskConfig STANDARD =
            new DiskConfig(1L << 30, Sync.NORMAL, VALUE_BYTES_MAX, Duration.ofSeconds(10), 16 << 20);

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter("max", "size such as '1GiB'", "1GiB", "What the folder may take, all its caches together."),
            new Parameter("sync", "normal, full or off", "normal", "What a power failure may cost."),
            new Parameter("max-value", "size such as '1MiB'", "256MiB", "Larger values are refused."),
            new Parameter(
                    "lease", "duration such as '10s'", "10s", "How long a load may take before another takes over."),
            new Parameter(
                    "memory",
                    "size such as '16MiB', or 0",
                    "16MiB",
                    "What copies of entries may take in the process.")));

    /** What is waited for until a write is acknowledged. The end of a process costs nothing in any case. */
    public enum Sync {
        /** Nothing. A power failure may cost the whole cache. */
        OFF,
        /** Nothing, but in an order that survives. A power failure costs the last writes. */
        NORMAL,
        /** The disk. A power failure costs nothing that was acknowledged. */
        FULL
    }

    /** Refuses what cannot work. */
    public DiskConfig {
        if (maxBytes < MAX_BYTES_MIN) {
            throw new ConfigException(
                    "'max' must be at least 1MiB, was '" + maxBytes + "B'. To keep nothing, open 'none:'");
        }
        if (maxValueBytes < 1 || maxValueBytes > VALUE_BYTES_MAX) {
            throw new ConfigException("'max-value' must be from 1B to 256MiB, was '" + maxValueBytes + "B'");
        }
        if (lease.compareTo(Duration.ofMillis(1)) < 0 || lease.compareTo(LEASE_MAX) > 0) {
            throw new ConfigException("'lease' must be from 1ms to 1d, was '" + Units.text(lease) + "'");
        }
        if (memoryBytes < 0) {
            throw new ConfigException("'memory' must be 0 or more, was '" + memoryBytes + "B'");
        }
    }

    /** Returns this with room for {@code maxBytes} bytes. */
    public DiskConfig withMaxBytes(long maxBytes) {
        return new DiskConfig(maxBytes, sync, maxValueBytes, lease, memoryBytes);
    }

    /** Returns this with writes acknowledged as {@code sync} says. */
    public DiskConfig withSync(Sync sync) {
        return new DiskConfig(maxBytes, sync, maxValueBytes, lease, memoryBytes);
    }

    /** Returns this with a limit of {@code maxValueBytes} bytes for a value. */
    public DiskConfig withMaxValueBytes(long maxValueBytes) {
        return new DiskConfig(maxBytes, sync, maxValueBytes, lease, memoryBytes);
    }

    /** Returns this with leases of {@code lease}. */
    public DiskConfig withLease(Duration lease) {
        return new DiskConfig(maxBytes, sync, maxValueBytes, lease, memoryBytes);
    }

    /** Returns this with room for {@code memoryBytes} bytes of copies in this process, 0 for none. */
    public DiskConfig withMemoryBytes(long memoryBytes) {
        return new DiskConfig(maxBytes, sync, maxValueBytes, lease, memoryBytes);
    }

    /** Returns this, changed by what {@code url} says. */
    DiskConfig with(CacheUrl url) {
        Parameters given = url.parameters();
        @Nullable String sync = given.oneOf("sync", List.of("normal", "full", "off"));
        @Nullable Duration lease = given.duration("lease");
        return new DiskConfig(
                given.sizeBytes("max", maxBytes),
                sync == null ? this.sync : Sync.valueOf(sync.toUpperCase(Locale.ROOT)),
                given.sizeBytes("max-value", maxValueBytes),
                lease == null ? this.lease : lease,
                "0".equals(given.text("memory")) ? 0 : given.sizeBytes("memory", memoryBytes));
    }
}
