package io.larder.testkit.history;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds, of things with a point and a reach, the one that reaches farthest of those whose point is before another. Immutable. */
final class Reach<T> {

    private final long[] points;
    /** Of the first i + 1 by point, the one that reaches farthest, and the next one after it. */
    private final List<T> sorted;

    private final int[] farthest;
    private final int[] second;

    Reach(List<T> things, ToLongFunction<? super T> point, ToLongFunction<? super T> reach) {
        sorted = things.stream().sorted(Comparator.comparingLong(point)).toList();
        points = sorted.stream().mapToLong(point).toArray();
        farthest = new int[points.length];
        second = new int[points.length];
        int best = -1;
        int next = -1;
        for (int i = 0; i < points.length; i++) {
            if (best < 0 || reach.applyAsLong(sorted.get(i)) > reach.applyAsLong(sorted.get(best))) {
                next = best;
                best = i;
            } else if (next < 0 || reach.applyAsLong(sorted.get(i)) > reach.applyAsLong(sorted.get(next))) {
                next = i;
            }
            farthest[i] = best;
            second[i] = next;
        }
    }

    /** Returns the thing other than {@code except} that reaches farthest of those whose point is before {@code limit}, or null. */
    @Nullable
    T farthestBefore(long limit, @Nullable T except) {
        int count = countBefore(limit);
        if (count == 0) {
            return null;
        }
        T found = sorted.get(farthest[count - 1]);
        if (found != except) {
            return found;
        }
        int other = second[count - 1];
        return other < 0 ? null : sorted.get(other);
    }

    private int countBefore(long limit) {
        int from = 0;
        int to = points.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (points[middle] < limit) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
