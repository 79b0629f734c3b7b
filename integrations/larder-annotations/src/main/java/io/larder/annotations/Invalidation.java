package io.larder.annotations;

import io.larder.Cache;
import io.larder.annotations.Change.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one {@link Invalidate} does. Immutable. Its caches are found when it is called, for other methods may open them later. */
record Invalidation(
        CacheOpener opener,
        List<String> caches,
        List<Template> tags,
        @Nullable Template match,
        @Nullable Template key,
        @Nullable Condition condition,
        boolean before) {

    List<Change> changes(@Nullable Object[] arguments, @Nullable Object result) {
        List<Change> changes = new ArrayList<>();
        if (condition != null && !condition.holds(arguments, result)) {
            return changes;
        }
        for (String name : caches) {
            for (Cache<String, Object> cache : opener.named(name)) {
                tags.forEach(tag -> changes.add(new Change(cache, Kind.TAG, tag.text(arguments, result))));
                if (match != null) {
                    String glob = match.glob(arguments, result);
                    changes.add(new Change(cache, glob.equals("*") ? Kind.ALL : Kind.MATCH, glob));
                }
                if (key != null) {
                    changes.add(new Change(cache, Kind.KEY, key.text(arguments, result)));
                }
            }
        }
        return changes;
    }
}
