package io.larder;

import io.larder.layer.BreakerBackend;
import io.larder.layer.FallbackBackend;
import io.larder.layer.Ledger;
import io.larder.layer.OutageEvents;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.url.CacheUrl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a URL's {@code fallback} opens, to be used while its backend is not asked. Immutable. */
record Spare(CacheUrl first, CacheUrl url, Backends backends, OutageRules rules, BackendContext context) {

    /** Opens {@code url}, by {@code provider} if it knows the scheme, which a test may have brought. */
    static Spare open(
            CacheUrl first,
            CacheUrl url,
            @Nullable BackendProvider provider,
            OutageRules rules,
            BackendContext context) {
        BackendProvider chosen = Providers.backend(url, provider);
        chosen.parameters().check(url);
        return new Spare(first, url, chosen.open(url, context), rules, context);
    }

    /** Returns {@code below} with its spare. */
    Backend<String, byte[]> behind(
            Backend<String, byte[]> below, CacheSpec<String, byte[]> spec, Duration timeout, OutageEvents events) {
        if (!(below instanceof BreakerBackend<String, byte[]> asked)) {
            throw useless();
        }
        Backend<String, byte[]> spare = backends instanceof Backends.ByReference byReference
                ? byReference.open(spec)
                : ((Backends.OfBytes) backends).open(spec);
        if (!spare.capabilities().contains(Capability.LOCAL)) {
            throw new ConfigException("'fallback' must name a backend in this process, such as 'memory:', was '" + url
                    + "'. Processes would not agree on when one outside is used");
        }
        FallbackBackend<byte[]> fallback = new FallbackBackend<>(
                asked,
                spare,
                Ledger.open(rules.ledger(), name(spec.scope())),
                events,
                context.executor(),
                TimeUnit.MILLISECONDS.convert(timeout));
        long pauseMillis = rules.pause().toMillis();
        var unused = context.scheduler()
                .scheduleWithFixedDelay(fallback::check, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
        return fallback;
    }

    /** Returns what there is to say where nothing needs a spare. */
    ConfigException useless() {
        return new ConfigException("'" + first + "' is in this process and does not fail. Leave 'fallback' out");
    }

    /** Returns what the same cache on the same backend is called in every process, whatever its other parameters are. */
    private String name(CacheScope scope) {
        String what = String.join(
                "\n",
                first.scheme(),
                first.hosts(),
                first.path(),
                String.valueOf(first.parameters().text("db")),
                scope.namespace(),
                scope.cache(),
                String.valueOf(scope.version()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
