package io.larder;

import io.larder.load.LoadRules;
import io.larder.load.RefreshRules;
import io.larder.peer.PeerLayout;
import io.larder.url.CacheUrl;
import io.larder.url.CodecChain;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a URL says about every cache that is opened on it, whatever its backend. Immutable. */
record CacheDefaults(
        EntryOptions options,
        LoadRules loading,
        String namespace,
        int version,
        @Nullable Duration timeout,
        OnError onError,
        boolean enabled,
        int retries,
        OutageRules outage,
        @Nullable Duration publishStats,
        List<String> countTags,
        CodecChain codec) {

    /** How long a backend outside this process is waited for when nobody said. */
    static final Duration TIMEOUT_STANDARD = Duration.ofSeconds(1);

    private static final int COUNT_MAX = 1_000_000;

    /** Of tags that are counted, each of which is three meters. */
    private static final int COUNT_TAGS_MAX = 100;

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter(
                    "ttl", "duration such as '5m', or 'never'", "never", "Time to live of entries that set none."),
            new Parameter(
                    "refresh-ahead",
                    "share from 0 to 1 such as '0.8'",
                    "1",
                    "Share of the ttl after which calls with a loader reload the value in the background."),
            new Parameter(
                    "refresh-early",
                    "number such as '1'",
                    "0",
                    "Load times by which values are reloaded before their end, by chance."),
            new Parameter(
                    "refresh-batch",
                    "number of keys",
                    Integer.toString(RefreshRules.STANDARD.batchMax()),
                    "Most keys that one call of a bulk loader reloads, with 'refresh-within'."),
            new Parameter(
                    "refresh-within",
                    "duration such as '10ms'",
                    Units.text(RefreshRules.STANDARD.within()),
                    "How long keys to reload by the same bulk loader are gathered."),
            new Parameter(
                    "stale-for",
                    "duration",
                    "0s",
                    "How long after its ttl an entry still answers calls with a loader, while it is reloaded."),
            new Parameter(
                    "stale-wait",
                    "duration, or 'never'",
                    Units.text(LoadRules.STANDARD.staleWait()),
                    "How long a reload is waited for before the stale value answers; 'never' until it fails."),
            new Parameter(
                    "stale-retry",
                    "duration",
                    Units.text(LoadRules.STANDARD.staleRetry()),
                    "How long after a failed reload the stale value answers alone."),
            new Parameter(
                    "load-timeout",
                    "duration, or 'never'",
                    "never",
                    "Longest wait for a load, which goes on after it."),
            new Parameter("miss-ttl", "duration", "not cached", "Time to live of a loader's \"no such thing\"."),
            new Parameter(
                    "jitter",
                    "share from 0 to 1 such as '0.1'",
                    "0",
                    "Share of the ttl by which entries at random end earlier."),
            new Parameter("tags", "names with commas between", "none", "What every entry is tagged with."),
            new Parameter("namespace", "text", "empty", "Keeps applications apart that share a server."),
            new Parameter("version", "number", "1", "Of what is stored; another one starts empty."),
            new Parameter(
                    "timeout",
                    "duration, or 'never'",
                    Units.text(TIMEOUT_STANDARD) + ", none in the process",
                    "Longest wait for one answer of the backend."),
            new Parameter("on-error", "miss or throw", "miss", "What a read does when the backend fails."),
            new Parameter(
                    "stampede", "process or fleet", "process", "Who shares a load: callers of one process, or of all."),
            new Parameter("enabled", "true or false", "true", "Whether caches begin as ones that are on."),
            new Parameter(
                    "breaker",
                    "count, 0 for none",
                    String.valueOf(OutageRules.STANDARD.failuresMax()),
                    "Failures in a row after which the backend is not asked any more."),
            new Parameter(
                    "breaker-pause",
                    "duration",
                    Units.text(OutageRules.STANDARD.pause()),
                    "How long a backend that is not asked is left alone before it is pinged."),
            new Parameter("fallback", "URL such as 'memory:'", "none", "What is used while the backend is not asked."),
            new Parameter(
                    "ledger",
                    "path of a folder",
                    "larder-USER in the folder for temporary files",
                    "Where it is noted what to remove from the backend after that."),
            new Parameter(
                    "retries", "count", "0", "How often a failed read or removal is tried again, within 'timeout'."),
            new Parameter(
                    "publish-stats",
                    "duration such as '10s'",
                    "never",
                    "How often counts are left at the backend, for 'larder stats' to read."),
            new Parameter(
                    "count-tags",
                    "names with commas between",
                    "none",
                    "Tags whose entries are counted by themselves, in statistics and meters."),
            new Parameter(
                    "codec",
                    "names such as 'json' or 'json+zlib'",
                    "json",
                    "How values are written where bytes are kept.")));

    /** Those that concern the backend, and not what a cache does with it. */
    static final ParameterSet OF_BACKENDS = only("timeout", "codec");

    /** Those that concern what all caches at a URL share, beside what its backend has of its own. */
    static final ParameterSet OF_PLACES = only("timeout", "breaker", "breaker-pause", "fallback", "ledger");

    private static ParameterSet only(String... names) {
        return new ParameterSet(PARAMETERS.parameters().stream()
                .filter(parameter -> List.of(names).contains(parameter.name()))
                .toList());
    }

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
        options = options.tags(names(given.text("tags")));
        String namespace = given.text("namespace");
        String onError = given.oneOf("on-error", List.of("miss", "throw"));
        String enabled = given.oneOf("enabled", List.of("true", "false"));
        String codec = given.text("codec");
        String peer = PeerLayout.system(given);
        return new CacheDefaults(
                options,
                loading(given),
                namespace == null ? "" : namespace,
                version(given),
                positive("timeout", given.duration("timeout")),
                onError == null ? OnError.MISS : OnError.valueOf(onError.toUpperCase(Locale.ROOT)),
                enabled == null || enabled.equals("true"),
                count("retries", given.count("retries", 0)),
                OutageRules.of(given),
                publishStats(given),
                countTags(given),
                CodecChain.parse(codec != null ? codec : peer == null ? "json" : PeerLayout.codec(peer, url.scheme())));
    }

    private static List<String> names(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    private static List<String> countTags(Parameters given) {
        List<String> tags = names(given.text("count-tags"));
        if (tags.size() > COUNT_TAGS_MAX) {
            throw new ConfigException("'count-tags' must be at most " + COUNT_TAGS_MAX + " names, were " + tags.size());
        }
        return tags;
    }

    private static int version(Parameters given) {
        long version = given.count("version", 1);
        if (version < 1 || version > Integer.MAX_VALUE) {
            throw new ConfigException("'version' must be a number, at least 1, was '" + version + "'");
        }
        return (int) version;
    }

    private static @Nullable Duration publishStats(Parameters given) {
        Duration period = given.duration("publish-stats");
        if (period == null || period.equals(Units.NEVER)) {
            return null;
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigException("'publish-stats' must be from 1s to 1h, was '" + Units.text(period) + "'");
        }
        return period;
    }

    private static LoadRules loading(Parameters given) {
        LoadRules rules = LoadRules.STANDARD;
        String stampede = given.oneOf("stampede", List.of("process", "fleet"));
        rules = stampede == null ? rules : rules.withStampede(Stampede.valueOf(stampede.toUpperCase(Locale.ROOT)));
        rules = rules.withRefresh(refresh(given));
        Duration staleWait = given.duration("stale-wait");
        rules = staleWait == null ? rules : rules.withStaleWait(staleWait);
        Duration staleRetry = given.duration("stale-retry");
        rules = staleRetry == null ? rules : rules.withStaleRetry(staleRetry);
        Duration loadTimeout = positive("load-timeout", given.duration("load-timeout"));
        return loadTimeout == null ? rules : rules.withLoadTimeout(loadTimeout);
    }

    private static RefreshRules refresh(Parameters given) {
        RefreshRules rules = RefreshRules.STANDARD;
        Double ahead = given.share("refresh-ahead");
        if (ahead != null && ahead == 0) {
            throw new ConfigException(
                    "'refresh-ahead' must be above 0, was '0'. A load at each read is no cache: use 'none:'");
        }
        rules = ahead == null ? rules : rules.withAhead(ahead);
        Double early = given.number("refresh-early");
        rules = early == null ? rules : rules.withEarly(early);
        long batch = given.count("refresh-batch", rules.batchMax());
        if (batch < 1 || batch > Integer.MAX_VALUE) {
            throw new ConfigException("'refresh-batch' must be a number of keys, at least 1, was '" + batch + "'");
        }
        Duration within = given.duration("refresh-within");
        return rules.withBatch((int) batch, within == null ? rules.within() : within);
    }

    static int count(String name, long given) {
        if (given > COUNT_MAX) {
            throw new ConfigException("'" + name + "' must be at most " + COUNT_MAX + ", was " + given);
        }
        return (int) given;
    }

    static @Nullable Duration positive(String name, @Nullable Duration given) {
        if (given != null && given.isZero()) {
            throw new ConfigException("'" + name + "' must be at least 1ms, was '0s'");
        }
        return given;
    }
}
