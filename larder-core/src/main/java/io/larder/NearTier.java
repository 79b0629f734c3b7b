package io.larder;

import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.CodecChain;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import io.larder.url.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tier in front of the one that has everything: its backends, and what its URL says. Immutable. */
record NearTier(
        CacheUrl url,
        Backends backends,
        @Nullable CodecChain codec,
        @Nullable Duration timeout,
        @Nullable Duration nearTtl) {

    private static final String NEAR_TTL = "near-ttl";

    private static final ParameterSet PARAMETERS = CacheDefaults.OF_BACKENDS.and(new ParameterSet(List.of(new Parameter(
            NEAR_TTL,
            "duration such as '1s'",
            "1s; none where the next tier tells of every change",
            "Longest time that a copy of an entry of the next tier is kept."))));

    /** Refuses what only a nearer tier can have. */
    static void requireLast(CacheUrl last) {
        if (last.parameters().text(NEAR_TTL) != null) {
            throw new ConfigException("'" + NEAR_TTL + "' of '" + last
                    + "' bounds copies of the next tier, and there is none. Write it in a tier before, such as 'memory:?"
                    + NEAR_TTL + "=1s | redis://host'");
        }
    }

    /** Opens the nearer tiers of {@code url}, the nearest first, by {@code given} where it knows the scheme. */
    static List<NearTier> open(TieredUrl url, @Nullable BackendProvider given, BackendContext context) {
        List<NearTier> opened = new ArrayList<>();
        try {
            for (CacheUrl tier : url.nearer()) {
                opened.add(open(tier, url.last(), given, context));
            }
        } catch (RuntimeException failure) {
            close(opened);
            throw failure;
        }
        return opened;
    }

    /** Returns who opens the nearer tier {@code url}, which must have no parameter that it cannot have. */
    static BackendProvider provider(CacheUrl url, CacheUrl last, @Nullable BackendProvider given) {
        BackendProvider provider = Providers.backend(url, given);
        ParameterSet allowed = provider.parameters().and(PARAMETERS);
        for (String name : url.parameters().names()) {
            if (!allowed.has(name) && CacheDefaults.PARAMETERS.has(name)) {
                throw new ConfigException("'" + name + "' of '" + url
                        + "' is about the cache as a whole. Write it in the last URL, '" + last + "'");
            }
        }
        allowed.check(url);
        if (Units.NEVER.equals(url.parameters().duration(NEAR_TTL))) {
            throw new ConfigException(
                    "'" + NEAR_TTL + "' of '" + url + "' must be a duration such as '1s', was 'never'. Leave it out");
        }
        return provider;
    }

    private static NearTier open(CacheUrl url, CacheUrl last, @Nullable BackendProvider given, BackendContext context) {
        BackendProvider provider = provider(url, last, given);
        Parameters parameters = url.parameters();
        String codec = parameters.text("codec");
        Duration nearTtl = CacheDefaults.positive(NEAR_TTL, parameters.duration(NEAR_TTL));
        return new NearTier(
                url,
                provider.open(url, context),
                codec == null ? null : CodecChain.parse(codec),
                CacheDefaults.positive("timeout", parameters.duration("timeout")),
                nearTtl);
    }

    static void close(List<NearTier> tiers) {
        tiers.forEach(tier -> tier.backends().close());
    }
}
