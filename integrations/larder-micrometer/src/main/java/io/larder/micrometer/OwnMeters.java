package io.larder.micrometer;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.ErrorKind;
import io.larder.TagCounts;
import io.larder.spi.BackendInfo;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meters of one cache beyond those that every library has. Confined to one thread.
 *
 * <p>Names that some other libraries have too come with the same tags as theirs, for a registry may refuse others; those of Larder's own
 * say in a tag {@code backend} where the entries are.
 */
record OwnMeters(MeterRegistry registry, Cache<?, ?> cache, Tags common) {

    private static final Pattern COPIES = Pattern.compile("tier (\\d+) (entries|bytes)");
    private static final List<String> BREAKER_STATES = List.of("closed", "half-open", "open");
    private static final List<String> SPARE_STATES = List.of("ready", "in use");

    void bind() {
        BackendInfo backend = cache.counts().backend();
        Tags own = common.and("backend", scheme(backend.address()));
        bindLoads(own);
        count("cache.removals", common, "Entries removed or invalidated by callers", CacheStats::removals);
        count("cache.stale", own, "Hits whose answer was stale", CacheStats::staleHits);
        for (ErrorKind kind : ErrorKind.values()) {
            Tags tags = own.and("kind", kind.name().toLowerCase(Locale.ROOT));
            count(
                    "cache.errors",
                    tags,
                    "What went wrong at the backend",
                    counts -> counts.errorsByKind().getOrDefault(kind, 0L));
        }
        if (backend.weightBytes() != BackendInfo.UNKNOWN) {
            Gauge.builder("cache.weight", cache, each -> each.counts().backend().weightBytes())
                    .tags(own)
                    .baseUnit("bytes")
                    .description("What the entries take")
                    .register(registry);
        }
        for (Integer tier : cache.counts().farReadsByTier().keySet()) {
            count(
                    "cache.tier.reads",
                    own.and("tier", tier.toString()),
                    "Keys that a tier after the nearest was asked for",
                    counts -> counts.farReadsByTier().getOrDefault(tier, 0L));
        }
        for (String tag : cache.counts().countsByTag().keySet()) {
            bindTag(own.and("tag", tag), tag);
        }
        bindCopies(own, backend);
        bindStates(own, backend, "breaker", BREAKER_STATES);
        bindStates(own, backend, "fallback", SPARE_STATES);
    }

    private void bindTag(Tags own, String tag) {
        countOfTag("hits", own, "Entries with the tag that were found", tag, TagCounts::hits);
        countOfTag("puts", own, "Entries with the tag that were stored", tag, TagCounts::puts);
        countOfTag("removals", own, "Entries removed by an invalidation of the tag", tag, TagCounts::removals);
    }

    private void countOfTag(String what, Tags own, String description, String tag, ToDoubleFunction<TagCounts> count) {
        count("cache.tag." + what, own, description, counts -> {
            TagCounts ofTag = counts.countsByTag().get(tag);
            return ofTag == null ? 0 : count.applyAsDouble(ofTag);
        });
    }

    /** Binds what each nearer tier in this process keeps. */
    private void bindCopies(Tags own, BackendInfo backend) {
        for (String name : backend.details().keySet()) {
            Matcher copies = COPIES.matcher(name);
            if (copies.matches()) {
                boolean weighed = copies.group(2).equals("bytes");
                Gauge.builder("cache.tier." + (weighed ? "weight" : "size"), cache, each -> number(each, name))
                        .tags(own.and("tier", copies.group(1)))
                        .baseUnit(weighed ? "bytes" : null)
                        .description(weighed ? "What the copies in a tier take" : "Copies in a tier")
                        .register(registry);
            }
        }
    }

    private static double number(Cache<?, ?> cache, String detail) {
        return Double.parseDouble(cache.counts().backend().details().getOrDefault(detail, "NaN"));
    }

    private void bindLoads(Tags own) {
        String loads = "Values that loaders brought, and loaders that failed";
        count("cache.load", common.and("result", "success"), loads, CacheStats::loads);
        count("cache.load", common.and("result", "failure"), loads, CacheStats::loadFailures);
        count("cache.load.dropped", own, "Loaded values that were not stored", CacheStats::loadsDropped);
        time(
                "cache.load.duration",
                common,
                "Time spent in loaders, altogether",
                counts -> counts.loadTime().toNanos());
        time(
                "cache.load.max",
                own,
                "Time of the longest load",
                counts -> counts.loadTimes().max().toNanos());
    }

    /** Binds a gauge for each of the states of {@code detail}, also of the backends of routes: 1 for the one that holds, else 0. */
    private void bindStates(Tags own, BackendInfo backend, String detail, List<String> states) {
        for (String name : backend.details().keySet()) {
            String of = detail + " of ";
            if (name.equals(detail)) {
                bindStates(own, name, "cache." + detail, states);
            } else if (name.startsWith(of)) {
                String address = name.substring(of.length()).replaceFirst("\\?.*", "");
                bindStates(own.and("backend", address), name, "cache." + detail, states);
            }
        }
    }

    private void bindStates(Tags own, String detail, String meter, List<String> states) {
        for (String state : states) {
            Gauge.builder(meter, cache, each -> isIn(each, detail, state) ? 1 : 0)
                    .tags(own.and("state", state))
                    .description("1 for the state that holds")
                    .register(registry);
        }
    }

    private static boolean isIn(Cache<?, ?> cache, String detail, String state) {
        return state.equals(cache.counts().backend().details().get(detail));
    }

    private void count(String name, Tags tags, String description, ToDoubleFunction<CacheStats> count) {
        FunctionCounter.builder(name, cache, each -> count.applyAsDouble(each.counts()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private void time(String name, Tags tags, String description, ToDoubleFunction<CacheStats> nanos) {
        TimeGauge.builder(name, cache, TimeUnit.NANOSECONDS, each -> nanos.applyAsDouble(each.counts()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    /** Returns the scheme of an address, such as {@code redis}. */
    static String scheme(String address) {
        return address.substring(0, Math.max(0, address.indexOf(':')));
    }
}
