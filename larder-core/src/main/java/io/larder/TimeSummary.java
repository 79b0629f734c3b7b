package io.larder;

import java.time.Duration;
import java.util.Arrays;

/** How long something took, all the times that it was done. Immutable. */
public final class TimeSummary {

    /** Nothing was done yet. */
    public static final TimeSummary NONE = new TimeSummary(new long[TimeCounts.BUCKETS], 0, 0);

    private final long[] buckets;
    private final long totalNanos;
    private final long maxNanos;

    TimeSummary(long[] buckets, long totalNanos, long maxNanos) {
        this.buckets = buckets;
        this.totalNanos = totalNanos;
        this.maxNanos = maxNanos;
    }

    /** Returns how often it was done. */
    public long count() {
        long count = 0;
        for (long bucket : buckets) {
            count += bucket;
        }
        return count;
    }

    /** Returns how long it took altogether. */
    public Duration total() {
        return Duration.ofNanos(totalNanos);
    }

    /** Returns how long the longest took, zero when there was none. */
    public Duration max() {
        return Duration.ofNanos(maxNanos);
    }

    /**
     * Returns a time that a {@code share} of them, 0 to 1, did not exceed, zero when there was none; above the true one by a quarter at
     * most, or a microsecond.
     */
    public Duration percentile(double share) {
        long rank = (long) Math.ceil(share * count());
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen > 0 && seen >= rank) {
                return Duration.ofNanos(Math.min(TimeCounts.nanosMax(i), maxNanos));
            }
        }
        return Duration.ZERO;
    }

    /** Returns these times and those of {@code other}. */
    public TimeSummary plus(TimeSummary other) {
        long[] sums = new long[TimeCounts.BUCKETS];
        Arrays.setAll(sums, i -> buckets[i] + other.buckets[i]);
        return new TimeSummary(sums, totalNanos + other.totalNanos, Math.max(maxNanos, other.maxNanos));
    }

    /** Returns the times that came after {@code earlier}, of which the longest is known only as one that was not exceeded. */
    public TimeSummary since(TimeSummary earlier) {
        long[] differences = new long[TimeCounts.BUCKETS];
        Arrays.setAll(differences, i -> Math.max(0, buckets[i] - earlier.buckets[i]));
        return new TimeSummary(differences, Math.max(0, totalNanos - earlier.totalNanos), maxNanos);
    }

    /** Returns total, longest and the buckets that are not empty, with commas between. */
    String toText() {
        StringBuilder text = new StringBuilder().append(totalNanos).append(',').append(maxNanos);
        for (int i = 0; i < buckets.length; i++) {
            if (buckets[i] > 0) {
                text.append(',').append(i).append(':').append(buckets[i]);
            }
        }
        return text.toString();
    }

    /** Returns the times of a text, none for an empty one. */
    static TimeSummary parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        String[] parts = text.split(",", -1);
        long[] buckets = new long[TimeCounts.BUCKETS];
        for (int i = 2; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            int bucket = Integer.parseInt(parts[i].substring(0, Math.max(0, colon)));
            if (bucket < 0 || bucket >= buckets.length) {
                throw new IllegalArgumentException("There is no bucket " + bucket);
            }
            buckets[bucket] = Long.parseLong(parts[i].substring(colon + 1));
        }
        if (parts.length < 2) {
            throw new IllegalArgumentException("total and longest must be there, was '" + text + "'");
        }
        return new TimeSummary(buckets, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
