package io.larder;

import io.larder.codec.KeyCodecs;
import io.larder.handover.Side;
import io.larder.layer.BreakerBackend;
import io.larder.layer.CodecBackend;
import io.larder.layer.MissOnErrorBackend;
import io.larder.layer.ObservedBackend;
import io.larder.layer.RetryBackend;
import io.larder.layer.RoutingBackend;
import io.larder.layer.TimeoutBackend;
import io.larder.peer.PeerLayout;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.Weigher;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import io.larder.url.CacheUrl;
import io.larder.url.CodecChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the layers on the backends of caches. Thread-safe. */
final class Layers {

    private final CodecFinder codecs;
    private final BackendContext context;

    /** A codec of values, and its name in a frame. */
    private record NamedCodec<V>(String name, Codec<V, byte[]> codec) {}

    Layers(CodecFinder codecs, BackendContext context) {
        this.codecs = codecs;
        this.context = context;
    }

    /** Returns a backend for the bytes of a cache, past all layers but the timeout. */
    static Backend<String, byte[]> bytes(CacheSettings<?, ?> settings, CachePlan planned) {
        Backend<String, byte[]> rest = bytes(settings, planned.place());
        return planned.routes().isEmpty()
                ? rest
                : new RoutingBackend<>(
                        KeyCodecs.of(String.class),
                        rest,
                        planned.openRoutes(rest, route -> bytes(settings.at(route.url()), route.place())));
    }

    private static Backend<String, byte[]> bytes(CacheSettings<?, ?> settings, Place place) {
        CacheSpec<String, byte[]> spec =
                CacheSpec.ofBytes(settings.scope(), settings.written().name());
        return bytes(place.backends(), spec, settings.timeout(), place.url().last());
    }

    /** Returns a backend for bytes, which waits for an answer no longer than {@code timeout}, or than usual. */
    static Backend<String, byte[]> bytes(
            Backends backends, CacheSpec<String, byte[]> spec, @Nullable Duration timeout, CacheUrl url) {
        Backend<String, byte[]> bytes = backends instanceof Backends.ByReference byReference
                ? byReference.open(spec)
                : ((Backends.OfBytes) backends).open(spec);
        return timed(bytes, timeout, url);
    }

    /** Returns where the calls of a cache go that has just been built. */
    <K, V> Side<K, V> planned(CacheSettings<K, V> settings, CacheCounts counts, CachePlan planned) {
        Side<K, V> rest = side(settings, counts, planned.place(), () -> {});
        if (planned.routes().isEmpty()) {
            return rest;
        }
        Map<String, Side<K, V>> routes =
                planned.openRoutes(rest, route -> side(settings.at(route.url()), counts, route.place(), () -> {}));
        return new Side<>(
                rest.address(),
                routing(settings, rest, routes, Side::backend),
                routing(settings, rest, routes, Side::strict),
                () -> {});
    }

    private static <K, V> Backend<K, V> routing(
            CacheSettings<K, V> settings,
            Side<K, V> rest,
            Map<String, Side<K, V>> routes,
            Function<Side<K, V>, Backend<K, V>> backend) {
        Map<String, Backend<K, V>> byPrefix = new HashMap<>();
        routes.forEach((prefix, side) -> byPrefix.put(prefix, backend.apply(side)));
        return new RoutingBackend<>(settings.keyCodec(), backend.apply(rest), byPrefix);
    }

    /** Returns the backends of a place with their layers on, innermost first; docs/ARCHITECTURE.md says why in this order. */
    <K, V> Side<K, V> side(CacheSettings<K, V> settings, CacheCounts counts, Place place, Runnable closing) {
        List<UnaryOperator<Backend<K, V>>> nearer = new ArrayList<>();
        for (NearTier tier : place.nearer()) {
            nearer.add(tier(tier, nearer.size() + 1, settings, counts));
        }
        Backend<K, V> backend = last(settings, counts, place);
        for (int number = nearer.size(); number > 0; number--) {
            backend = nearer.get(number - 1).apply(backend);
        }
        boolean canFail = !backend.capabilities().contains(Capability.LOCAL);
        Backend<K, V> called =
                canFail && settings.onError() == OnError.MISS ? new MissOnErrorBackend<>(backend, counts) : backend;
        return new Side<>(place.url().toString(), called, backend, closing);
    }

    private <K, V> Backend<K, V> last(CacheSettings<K, V> settings, CacheCounts counts, Place place) {
        if (place.backends() instanceof Backends.ByReference byReference) {
            if (place.spare() != null) {
                throw place.spare().useless();
            }
            CacheSpec<K, V> spec = new CacheSpec<>(settings.scope(), settings.keyCodec(), "", settings.weigher());
            return guarded(byReference.open(spec), settings, counts, place);
        }
        boolean shared = PeerLayout.system(place.url().last().parameters()) != null;
        CodecChain chain = settings.written();
        NamedCodec<V> values = values(settings, shared ? codecs.bare(chain) : chain);
        CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(settings.scope(), values.name());
        Backend<String, byte[]> bytes =
                guarded(((Backends.OfBytes) place.backends()).open(spec), settings, counts, place);
        if (place.spare() != null) {
            bytes = place.spare().behind(bytes, spec, timeout(settings.timeout(), true), counts);
        }
        return new CodecBackend<>(bytes, settings.keyCodec(), values.codec(), counts);
    }

    /** Opens the tier with that number, which keeps copies, and returns what puts it in front of a far one. */
    private <K, V> UnaryOperator<Backend<K, V>> tier(
            NearTier tier, int number, CacheSettings<K, V> settings, CacheCounts counts) {
        TierRules rules = new TierRules(number, tier.url().toString(), tier.nearTtl());
        if (tier.backends() instanceof Backends.ByReference byReference) {
            CacheSpec<K, Object> spec =
                    new CacheSpec<>(settings.scope(), settings.keyCodec(), "", ofCopies(settings.weigher()));
            Backend<K, Object> near = timed(byReference.open(spec), tier.timeout(), tier.url());
            return far -> TieredBackend.byReference(near, far, rules, context.clock(), counts);
        }
        Backend<K, Entry<V>> near = ofBytes(tier, settings, counts);
        return far -> new TieredBackend<>(near, far, rules, context.clock(), counts);
    }

    /** Weighs what is in a copy: a value, or an entry with one. */
    @SuppressWarnings("unchecked") // What is no entry is a value of the cache.
    private static <K, V> @Nullable Weigher<K, Object> ofCopies(@Nullable Weigher<K, V> weigher) {
        return weigher == null
                ? null
                : (key, copy) -> weigher.weightBytes(key, (V) (copy instanceof Entry<?> entry ? entry.value() : copy));
    }

    /** Opens what keeps copies as bytes, each as the value of an entry whose lifetime is the copy's. */
    private <K, V> Backend<K, Entry<V>> ofBytes(NearTier tier, CacheSettings<K, V> settings, CacheCounts counts) {
        NamedCodec<V> values = values(settings, tier.codec() == null ? settings.written() : tier.codec());
        // Another name than that of the values, so that nobody takes copies for a cache, nor a cache for copies.
        CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(settings.scope(), "tier:" + values.name());
        return new CodecBackend<>(
                observed(((Backends.OfBytes) tier.backends()).open(spec), tier.timeout(), tier.url(), counts),
                settings.keyCodec(),
                new EntryCodec<>(values.codec(), values.name()),
                counts);
    }

    private <V> NamedCodec<V> values(CacheSettings<?, V> settings, CodecChain given) {
        Codec<V, byte[]> own = settings.codec();
        CodecChain chain = CodecFinder.chainOf(given, settings.valueType());
        Codec<V, byte[]> codec = own == null ? codecs.open(chain, settings.valueType()) : own;
        CacheScope scope = settings.scope();
        return new NamedCodec<>(
                own == null ? chain.name() : "",
                codec.boundTo(scope.namespace()).boundTo(scope.cache()).boundTo(String.valueOf(scope.version())));
    }

    /** Puts on what stands between a backend that may fail and the callers who would wait for it. */
    private <K, V> Backend<K, V> guarded(
            Backend<K, V> backend, CacheSettings<?, ?> settings, CacheCounts counts, Place place) {
        Backend<K, V> guarded =
                observed(backend, settings.timeout(), place.url().last(), counts);
        boolean remote = !backend.capabilities().contains(Capability.LOCAL);
        if (remote && settings.retries() > 0) {
            guarded =
                    new RetryBackend<>(guarded, settings.retries(), timeout(settings.timeout(), true), context.clock());
        }
        return remote && place.breaker() != null
                ? new BreakerBackend<>(guarded, place.breaker(), place.spare() == null, counts, context.executor())
                : guarded;
    }

    /** Puts on the timeout and, if somebody observes calls that leave the process, what tells of them. */
    private <K, V> Backend<K, V> observed(
            Backend<K, V> backend, @Nullable Duration timeout, CacheUrl url, CacheCounts counts) {
        Backend<K, V> timed = timed(backend, timeout, url);
        return counts.observesCalls() && !backend.capabilities().contains(Capability.LOCAL)
                ? new ObservedBackend<>(timed, url.toString(), counts, context.clock())
                : timed;
    }

    private static <K, V> Backend<K, V> timed(Backend<K, V> backend, @Nullable Duration given, CacheUrl url) {
        Duration timeout = timeout(given, !backend.capabilities().contains(Capability.LOCAL));
        return timeout.equals(EntryOptions.NEVER) ? backend : new TimeoutBackend<>(backend, timeout, url.toString());
    }

    private static Duration timeout(@Nullable Duration given, boolean remote) {
        Duration standard = remote ? CacheDefaults.TIMEOUT_STANDARD : EntryOptions.NEVER;
        return given == null ? standard : given;
    }
}
