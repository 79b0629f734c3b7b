package io.larder.spi;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A walk through many results, a page at a time, so that a million of them never sit in memory together.
 *
 * <p>Confined to one caller at a time. What is added or removed during the walk may or may not be seen; what stays is seen
 * at least once, and in process exactly once. A walk that is given up needs no closing.
 */
@FunctionalInterface
public interface Pages<T> {

    /** How many results a page holds at most, unless the backend's own protocol decides. */
    int PAGE_SIZE = 512;

    /** Returns the next results; an empty list is the end, and it stays the end. */
    Reply<List<T>> next();

    /** Returns the pages of results that are at hand already. */
    static <T> Pages<T> of(Iterator<? extends T> results) {
        return () -> {
            List<T> page = new ArrayList<>();
            while (page.size() < PAGE_SIZE && results.hasNext()) {
                page.add(results.next());
            }
            return Reply.ready(page);
        };
    }

    /** Returns these results, each changed by {@code step} or, where that returns null, left out. */
    default <U> Pages<U> mapNotNull(Function<? super T, ? extends @Nullable U> step) {
        return () -> nextMapped(step);
    }

    private <U> Reply<List<U>> nextMapped(Function<? super T, ? extends @Nullable U> step) {
        return next().then(page -> {
            List<U> mapped = new ArrayList<>(page.size());
            for (T result : page) {
                U changed = step.apply(result);
                if (changed != null) {
                    mapped.add(changed);
                }
            }
            // An empty page would end the walk, so a page of which nothing is left makes way for the next.
            return mapped.isEmpty() && !page.isEmpty() ? nextMapped(step) : Reply.ready(mapped);
        });
    }
}
