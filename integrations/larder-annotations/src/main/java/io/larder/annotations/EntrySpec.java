package io.larder.annotations;

import io.larder.EntryOptions;
import io.larder.url.Units;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Cached} and {@link CachePut} have in common. Immutable. */
record EntrySpec(
        String cache,
        String ttl,
        String missTtl,
        String staleFor,
        String key,
        Class<? extends KeyBuilder> keyBuilder,
        List<String> tags,
        String condition,
        String unless,
        int version,
        Class<? extends Stamp> stamp) {

    static @Nullable EntrySpec of(@Nullable Cached said) {
        return said == null
                ? null
                : new EntrySpec(
                        said.cache(),
                        said.ttl(),
                        said.missTtl(),
                        said.staleFor(),
                        said.key(),
                        said.keyBuilder(),
                        List.of(said.tags()),
                        said.condition(),
                        said.unless(),
                        said.version(),
                        said.validateWith());
    }

    static @Nullable EntrySpec of(@Nullable CachePut said) {
        return said == null
                ? null
                : new EntrySpec(
                        said.cache(),
                        said.ttl(),
                        said.missTtl(),
                        said.staleFor(),
                        said.key(),
                        said.keyBuilder(),
                        List.of(said.tags()),
                        said.condition(),
                        said.unless(),
                        said.version(),
                        Stamp.class);
    }

    /** Returns this with what is unset taken from {@code other}. */
    EntrySpec over(@Nullable EntrySpec other) {
        if (other == null) {
            return this;
        }
        boolean keyless = key.isEmpty() && keyBuilder == KeyBuilder.class;
        return new EntrySpec(
                or(cache, other.cache),
                or(ttl, other.ttl),
                or(missTtl, other.missTtl),
                or(staleFor, other.staleFor),
                keyless ? other.key : key,
                keyless ? other.keyBuilder : keyBuilder,
                tags.isEmpty() ? other.tags : tags,
                or(condition, other.condition),
                or(unless, other.unless),
                version == 0 ? other.version : version,
                stamp == Stamp.class ? other.stamp : stamp);
    }

    private static String or(String own, String other) {
        return own.isEmpty() ? other : own;
    }

    EntryOptions options() {
        EntryOptions options = EntryOptions.DEFAULT;
        options = ttl.isEmpty() ? options : options.withTtl(Units.duration("ttl", ttl));
        options = missTtl.isEmpty() ? options : options.missTtl(Units.duration("missTtl", missTtl));
        return staleFor.isEmpty() ? options : options.staleFor(Units.duration("staleFor", staleFor));
    }
}
