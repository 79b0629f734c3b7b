package io.larder;

import io.larder.url.CacheUrl;
import io.larder.url.Parameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a backend that fails is not asked any more, and what is asked instead. Immutable; the same for all caches of a {@link Larder}, who share the backend.
 *
 * @param failuresMax how many calls in a row have to fail for it, 0 to ask in any case
 * @param pause how long it is left alone before it is pinged
 * @param fallback the URL of the spare, or null for none
 * @param ledger the folder where it is noted what the spare was told
 */
record OutageRules(
        int failuresMax, Duration pause, @Nullable CacheUrl fallback, Path ledger) {

    /** What holds where nobody said. */
    static final OutageRules STANDARD = new OutageRules(
            10,
            Duration.ofSeconds(1),
            null,
            Path.of(System.getProperty("java.io.tmpdir"), "larder-" + System.getProperty("user.name")));

    static OutageRules of(Parameters given) {
        int failuresMax = CacheDefaults.count("breaker", given.count("breaker", STANDARD.failuresMax()));
        String fallback = given.text("fallback");
        String ledger = given.text("ledger");
        if (fallback == null && ledger != null) {
            throw new ConfigException(
                    "'ledger' says where to note what a spare was told, but there is no 'fallback'. Leave it out");
        }
        if (fallback != null && failuresMax == 0) {
            throw new ConfigException("'fallback' needs a breaker, but 'breaker' is 0. Leave one of them out");
        }
        return new OutageRules(
                failuresMax,
                Objects.requireNonNullElse(
                        CacheDefaults.positive("breaker-pause", given.duration("breaker-pause")), STANDARD.pause()),
                fallback == null ? null : CacheUrl.parse(fallback),
                ledger == null ? STANDARD.ledger() : Path.of(ledger));
    }
}
