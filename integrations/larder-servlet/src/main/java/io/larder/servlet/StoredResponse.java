package io.larder.servlet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A response as it is stored: status, headers, bytes. Immutable.
 *
 * <p>One with the status 0 stands for several, which differ by the request headers that its {@code Vary} names: they are stored under keys
 * that have the values of those headers.
 */
public final class StoredResponse {

    private static final int SEVERAL = 0;

    private final int status;
    private final TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final long madeAtMillis;

    /** Takes {@code body} as its own; {@code headers} is copied. */
    StoredResponse(int status, Map<String, List<String>> headers, byte[] body, long madeAtMillis) {
        this.status = status;
        headers.forEach((name, values) -> this.headers.put(name, List.copyOf(values)));
        this.body = body;
        this.madeAtMillis = madeAtMillis;
    }

    static StoredResponse several(Set<String> names) {
        return new StoredResponse(SEVERAL, Map.of("Vary", List.copyOf(names)), new byte[0], WallClock.millis());
    }

    boolean isSeveral() {
        return status == SEVERAL;
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the names of the headers, sorted. */
    public Set<String> headerNames() {
        return Collections.unmodifiableSet(headers.keySet());
    }

    /** Returns the values of a header in their order; none when it is not there. The case of {@code name} does not matter. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Returns a copy of the bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the bytes themselves, which nobody may change. */
    byte[] bytes() {
        return body;
    }

    /** Returns when it was made, by the clock of the machine that did. */
    public long madeAtMillis() {
        return madeAtMillis;
    }

    long ageSeconds() {
        return Math.max(0, WallClock.millis() - madeAtMillis) / 1_000;
    }

    @Nullable
    String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Returns the names of request headers that this differs by, in lower case. */
    Set<String> varyNames() {
        return names(headers("Vary"));
    }

    static Set<String> names(Collection<String> lists) {
        Set<String> names = new TreeSet<>();
        for (String list : lists) {
            for (String name : list.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredResponse response
                && status == response.status
                && madeAtMillis == response.madeAtMillis
                && headers.equals(response.headers)
                && Arrays.equals(body, response.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    /** Returns status and size, and no content. */
    @Override
    public String toString() {
        return "StoredResponse[" + status + ", " + body.length + " bytes]";
    }
}
