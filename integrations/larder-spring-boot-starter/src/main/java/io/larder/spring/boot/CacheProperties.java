package io.larder.spring.boot;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ReflectionUtils;

/**
 * What {@code larder.caches.NAME.*} says: the parameters of a URL, which go over those of the cache's URL. Immutable.
 *
 * @param url where the cache is, if not at {@code larder.url}
 * @param type of its values, which Spring's {@code @Cacheable} needs where they are kept as bytes
 * @param ttl time to live, such as {@code 5m}, or {@code never}
 * @param staleFor how long after its ttl a value still answers while it is loaded anew
 * @param staleWait how long that is waited for
 * @param staleRetry pause after a load that failed
 * @param missTtl time to live of a loader's null
 * @param refreshAhead share of the ttl after which values are loaded anew in the background
 * @param refreshEarly load times by which they are loaded before their end, by chance
 * @param loadTimeout longest wait for a load
 * @param jitter share of the ttl by which entries at random end earlier
 * @param tags of every entry, with commas between
 * @param namespace keeps applications apart that share a server
 * @param version of what is stored; another one starts empty
 * @param timeout longest wait for an answer of the backend
 * @param onError what a read does when the backend fails: miss or throw
 * @param stampede who shares a load: process or fleet
 * @param enabled whether the cache begins as one that is on
 * @param codec how values are written, such as {@code json+zstd}
 * @param fallback URL of what is used while the backend is not asked
 * @param parameters all others by name, also those of the backend, such as {@code max}
 */
public record CacheProperties(
        @Nullable String url,
        @Nullable Class<?> type,
        @Nullable String ttl,
        @Nullable String staleFor,
        @Nullable String staleWait,
        @Nullable String staleRetry,
        @Nullable String missTtl,
        @Nullable String refreshAhead,
        @Nullable String refreshEarly,
        @Nullable String loadTimeout,
        @Nullable String jitter,
        @Nullable String tags,
        @Nullable String namespace,
        @Nullable String version,
        @Nullable String timeout,
        @Nullable String onError,
        @Nullable String stampede,
        @Nullable String enabled,
        @Nullable String codec,
        @Nullable String fallback,
        @DefaultValue Map<String, String> parameters) {

    private static final Set<String> NO_PARAMETERS = Set.of("url", "type", "parameters");

    /** Refuses properties of the cache {@code name} that nothing here is called, which Spring would pass by. */
    static void check(String name, Set<String> given) {
        List<String> known = Stream.of(CacheProperties.class.getRecordComponents())
                .map(component -> dashed(component.getName()))
                .toList();
        for (String property : given) {
            String first = property.split("[.\\[]", 2)[0];
            if (known.stream().noneMatch(each -> plain(each).equals(plain(first)))) {
                throw new ConfigException("Unknown property 'larder.caches." + name + "." + first + "'."
                        + Nearest.hint(first, known) + " Parameters of the backend stand below 'parameters'");
            }
        }
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns where the cache {@code name} is, with all that is said about it, or fails with what is wrong. */
    TieredUrl url(String name, String standard) {
        try {
            TieredUrl tiers = TieredUrl.parse(url == null ? standard : url);
            CacheUrl last = tiers.last();
            Map<String, String> all = new LinkedHashMap<>();
            last.parameters()
                    .names()
                    .forEach(each ->
                            all.put(each, String.valueOf(last.parameters().text(each))));
            for (RecordComponent component : getClass().getRecordComponents()) {
                Object value = ReflectionUtils.invokeMethod(component.getAccessor(), this);
                if (value != null && !NO_PARAMETERS.contains(component.getName())) {
                    all.put(dashed(component.getName()), value.toString());
                }
            }
            all.putAll(parameters);
            List<CacheUrl> merged = new ArrayList<>(tiers.nearer());
            merged.add(last.with(new Parameters(all, "larder.caches." + name)));
            TieredUrl complete = new TieredUrl(merged);
            Larder.check(complete);
            return complete;
        } catch (ConfigException | IllegalArgumentException wrong) {
            throw new ConfigException("larder.caches." + name + ": " + wrong.getMessage(), wrong);
        }
    }
}
