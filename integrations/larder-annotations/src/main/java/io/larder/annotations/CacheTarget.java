package io.larder.annotations;

import io.larder.Cache;
import io.larder.EntryOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache as one method uses it. Immutable.
 *
 * @param options without the tags
 * @param late whether the result has a say in how it is kept
 * @param optional whether the method returns an {@code Optional}, of which the value is kept
 */
record CacheTarget(
        Cache<String, Object> cache,
        Key key,
        EntryOptions options,
        List<Template> tags,
        @Nullable Condition condition,
        @Nullable Condition unless,
        boolean late,
        boolean optional) {

    /** Makes the key of a call. */
    @FunctionalInterface
    interface Key {

        String of(@Nullable Object[] arguments, @Nullable Object result) throws Exception;
    }

    boolean applies(@Nullable Object[] arguments) {
        return condition == null || condition.holds(arguments, null);
    }

    boolean keeps(@Nullable Object[] arguments, @Nullable Object value) {
        return unless == null || !unless.holds(arguments, value);
    }

    EntryOptions options(@Nullable Object[] arguments, @Nullable Object value) {
        return tags.isEmpty()
                ? options
                : options.tags(
                        tags.stream().map(tag -> tag.text(arguments, value)).toList());
    }

    /** Returns what the cache keeps of a result. */
    @Nullable
    Object value(@Nullable Object result) {
        return optional && result != null ? ((Optional<?>) result).orElse(null) : result;
    }

    /** Returns the result that the cache keeps as {@code value}. */
    @Nullable
    Object result(@Nullable Object value) {
        return optional ? Optional.ofNullable(value) : value;
    }
}
