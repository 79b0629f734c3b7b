package io.larder.memory;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much each cache may hold in memory, and in which form. Immutable.
 *
 * @param max entries, or 0 when the bound is in bytes
 * @param maxWeightBytes bytes by the cache's weigher, or 0 when the bound is a count
 * @param copy whether callers share their objects or get copies
 */
public record MemoryConfig(long max, long maxWeightBytes, Copy copy) {

    /** What a URL without parameters stands for: 10,000 entries, by reference. */
    public static final MemoryConfig STANDARD = new MemoryConfig(10_000, 0, Copy.NONE);

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter("max", "count such as '10k'", "10k", "Entries each cache may hold."),
            new Parameter(
                    "max-weight", "size such as '64MiB'", "none", "Bytes each cache may hold, in place of 'max'."),
            new Parameter("copy", "none or codec", "none", "Whether callers get copies, made by the codec.")));

    /** What happens to the objects of callers. */
    public enum Copy {
        /** The very object that was put is returned to everybody: fastest; it must not be changed. */
        NONE,
        /** The codec writes and reads it, so that nobody sees another's changes. */
        CODEC
    }

    /** Checks that there is exactly one bound. */
    public MemoryConfig {
        if (max < 0 || maxWeightBytes < 0 || (max == 0) == (maxWeightBytes == 0)) {
            throw new ConfigException("A memory cache needs one bound, 'max' or 'max-weight', of at least 1; they were "
                    + max + " and " + maxWeightBytes + " B");
        }
    }

    /** Returns this with a bound of {@code max} entries. */
    public MemoryConfig withMax(long max) {
        return new MemoryConfig(max, 0, copy);
    }

    /** Returns this with a bound of {@code maxWeightBytes} bytes. */
    public MemoryConfig withMaxWeightBytes(long maxWeightBytes) {
        return new MemoryConfig(0, maxWeightBytes, copy);
    }

    /** Returns this with another form. */
    public MemoryConfig withCopy(Copy copy) {
        return new MemoryConfig(max, maxWeightBytes, copy);
    }

    /** Returns this, changed by what {@code url} says. */
    MemoryConfig with(CacheUrl url) {
        if (!url.hosts().isEmpty() || !url.path().isEmpty() || url.user() != null) {
            throw new ConfigException(
                    "'" + url + "' names a place, but memory has none. Write 'memory:' or 'memory:?max=10k'");
        }
        Parameters given = url.parameters();
        if (given.text("max") != null && given.text("max-weight") != null) {
            throw new ConfigException("'" + url + "' has two bounds. Keep one of 'max' and 'max-weight'");
        }
        MemoryConfig config = this;
        config = given.text("max") == null ? config : config.withMax(atLeastOne("max", given.count("max", 0), url));
        config = given.text("max-weight") == null
                ? config
                : config.withMaxWeightBytes(atLeastOne("max-weight", given.sizeBytes("max-weight", 0), url));
        @Nullable String copied = given.oneOf("copy", List.of("none", "codec"));
        return copied == null ? config : config.withCopy(copied.equals("codec") ? Copy.CODEC : Copy.NONE);
    }

    private static long atLeastOne(String name, long value, CacheUrl url) {
        if (value < 1) {
            throw new ConfigException("'" + name + "' of '" + url + "' must be at least 1, was '"
                    + url.parameters().text(name) + "'. To keep nothing, open 'none:'");
        }
        return value;
    }
}
