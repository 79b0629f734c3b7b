package io.larder.spi;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a backend tells about itself. Immutable.
 *
 * @param address where the entries are, as a URL without secrets
 * @param entries how many there are, expired ones not yet reclaimed included, or {@link #UNKNOWN}
 * @param evictions how many were given up for want of room since it was opened, or {@link #UNKNOWN}
 * @param weightBytes what the entries take, or {@link #UNKNOWN}
 * @param details anything else, by name
 */
public record BackendInfo(String address, long entries, long evictions, long weightBytes, Map<String, String> details) {

    /** Stands for a number that the backend cannot tell. */
    public static final long UNKNOWN = -1;

    /** Copies the details. */
    public BackendInfo {
        details = Map.copyOf(details);
    }

    /** Returns one of which only the address is known. */
    public static BackendInfo of(String address) {
        return new BackendInfo(address, UNKNOWN, UNKNOWN, UNKNOWN, Map.of());
    }

    /** Returns this with one more detail, or another in its place. */
    public BackendInfo with(String name, String detail) {
        return with(Map.of(name, detail));
    }

    /** Returns this with more details, or others in their place. */
    public BackendInfo with(Map<String, String> others) {
        Map<String, String> more = new TreeMap<>(details);
        more.putAll(others);
        return new BackendInfo(address, entries, evictions, weightBytes, more);
    }
}
