package io.larder;

import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.Units;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a URL says about every cache that is opened on it, whatever its backend. Immutable. */
record CacheDefaults(
        EntryOptions options, String namespace, @Nullable Duration timeout, OnError onError, String codec) {

    /** How long a backend outside this process is waited for when nobody said. */
    static final Duration TIMEOUT_STANDARD = Duration.ofSeconds(1);

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter(
                    "ttl", "duration such as '5m', or 'never'", "never", "Time to live of entries that set none."),
            new Parameter(
                    "stale-for", "duration", "0s", "How long an entry is kept after its ttl, for 'find' to show."),
            new Parameter("miss-ttl", "duration", "not cached", "Time to live of a loader's \"no such thing\"."),
            new Parameter(
                    "jitter",
                    "share from 0 to 1 such as '0.1'",
                    "0",
                    "Share of the ttl by which entries at random end earlier."),
            new Parameter("namespace", "text", "empty", "Keeps applications apart that share a server."),
            new Parameter(
                    "timeout",
                    "duration, or 'never'",
                    Units.text(TIMEOUT_STANDARD) + ", none in the process",
                    "Longest wait for one answer of the backend."),
            new Parameter("on-error", "miss or throw", "miss", "What a read does when the backend fails."),
            new Parameter("codec", "name of a codec", "json", "How values are written where bytes are kept.")));

    static CacheDefaults of(CacheUrl url) {
        Parameters given = url.parameters();
        EntryOptions options = EntryOptions.DEFAULT;
        Duration ttl = given.duration("ttl");
        options = ttl == null ? options : options.withTtl(ttl);
        Duration staleFor = given.duration("stale-for");
        options = staleFor == null ? options : options.staleFor(staleFor);
        Duration missTtl = given.duration("miss-ttl");
        options = missTtl == null ? options : options.missTtl(missTtl);
        Double jitter = given.share("jitter");
        options = jitter == null ? options : options.jitter(jitter);
        String namespace = given.text("namespace");
        String onError = given.oneOf("on-error", List.of("miss", "throw"));
        String codec = given.text("codec");
        return new CacheDefaults(
                options,
                namespace == null ? "" : namespace,
                timeout(given.duration("timeout")),
                onError == null ? OnError.MISS : OnError.valueOf(onError.toUpperCase(Locale.ROOT)),
                codec == null ? "json" : codec);
    }

    private static @Nullable Duration timeout(@Nullable Duration given) {
        if (given != null && given.isZero()) {
            throw new ConfigException("'timeout' must be at least 1ms, was '0s'");
        }
        return given;
    }
}
