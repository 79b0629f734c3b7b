package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.OnError;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What cannot work is refused at once, with a message that says what was expected. */
@SuppressWarnings("NullAway") // Null is passed on purpose.
abstract class CacheInputPromises extends CachePromises {

    private static final Duration NEGATIVE = Duration.ofSeconds(-5);

    CacheInputPromises(CacheContract contract) {
        super(contract);
    }

    private static void refuses(String message, Map<String, ThrowingCallable> calls) {
        calls.forEach((what, call) -> assertThatThrownBy(call)
                .as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }

    @Test
    void aNullKeyIsRefusedEverywhere() {
        List<String> keys = Arrays.asList("a", null);
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("get", () -> cache.get(null));
        calls.put("get with a loader", () -> cache.get(null, key -> "1"));
        calls.put("find", () -> cache.find(null));
        calls.put("contains", () -> cache.contains(null));
        calls.put("getAll", () -> cache.getAll(keys));
        calls.put("getAll with a loader", () -> cache.getAll(keys, missing -> Map.of()));
        calls.put("put", () -> cache.put(null, "1"));
        calls.put("putAll", () -> cache.putAll(Collections.singletonMap(null, "1")));
        calls.put("putIfAbsent", () -> cache.putIfAbsent(null, "1"));
        calls.put("replace", () -> cache.replace(null, "1"));
        calls.put("remove", () -> cache.remove(null));
        calls.put("removeAll", () -> cache.removeAll(keys));
        calls.put("expire", () -> cache.expire(null, TTL));
        refuses("key must not be null", calls);

        if (contract.capabilities().contains(Capability.COUNTERS)) {
            refuses(
                    "key must not be null",
                    Map.of(
                            "add",
                            () -> contract.view
                                    .cache(contract.numbers("numbers").build())
                                    .counters()
                                    .increment(null)));
        }
        assertThat(cache.contains("a")).isFalse();
    }

    @Test
    void aNullTagOrPatternIsRefused() {
        contract.needs(Capability.TAGS);
        contract.needs(Capability.LISTING);

        refuses(
                "tag must not be null",
                Map.of(
                        "invalidateTag", () -> cache.invalidateTag(null),
                        "entriesByTag", () -> cache.entriesByTag(null)));
        refuses("tags must not contain null", Map.of("tagged", () -> EntryOptions.tagged("x", null)));
        refuses(
                "glob must not be null",
                Map.of(
                        "keys", () -> cache.keys(null),
                        "entries", () -> cache.entries(null),
                        "removeMatching", () -> cache.removeMatching(null)));
    }

    @Test
    void aMalformedPatternIsRefused() {
        contract.needs(Capability.LISTING);

        refuses(
                "Unclosed '[' in pattern 'a[b-'",
                Map.of(
                        "keys", () -> cache.keys("a[b-"),
                        "entries", () -> cache.entries("a[b-"),
                        "removeMatching", () -> cache.removeMatching("a[b-")));
        refuses("Nothing follows the last '\\'", Map.of("keys", () -> cache.keys("a\\")));
    }

    @Test
    void negativeTimesAreRefused() {
        refuses(
                "ttl must not be negative, was -5s",
                Map.of(
                        "options", () -> EntryOptions.ttl(NEGATIVE),
                        "expire", () -> cache.expire("a", NEGATIVE),
                        "builder", () -> contract.texts("negative").ttl(NEGATIVE)));
        refuses(
                "staleFor must not be negative",
                Map.of(
                        "options", () -> EntryOptions.DEFAULT.staleFor(NEGATIVE),
                        "builder", () -> contract.texts("negative").staleFor(NEGATIVE)));
        refuses(
                "missTtl must not be negative",
                Map.of(
                        "options", () -> EntryOptions.DEFAULT.missTtl(NEGATIVE),
                        "builder", () -> contract.texts("negative").missTtl(NEGATIVE)));
        refuses(
                "staleWait must not be negative, was -5s",
                Map.of("builder", () -> contract.texts("negative").staleWait(NEGATIVE)));
        refuses(
                "staleRetry must not be negative, was -5s",
                Map.of("builder", () -> contract.texts("negative").staleRetry(NEGATIVE)));
        refuses(
                "loadTimeout must be at least 1ms, was -5s",
                Map.of("builder", () -> contract.texts("negative").loadTimeout(NEGATIVE)));
    }

    @Test
    void aShareOutOfRangeIsRefused() {
        for (double share : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses(
                    "jitter must be a share from 0 to 1, was " + share,
                    Map.of(
                            "options", () -> EntryOptions.DEFAULT.jitter(share),
                            "builder", () -> contract.texts("spread").jitter(share)));
        }
    }

    @Test
    void buildersRefuseWhatCannotWork() {
        refuses("name must not be empty", Map.of("name", () -> contract.texts("")));
        refuses(
                "version must be positive, was 0",
                Map.of("version", () -> contract.texts("v").version(0)));
        refuses(
                "timeout must be at least 1ms, was 0s",
                Map.of("timeout", () -> contract.texts("t").timeout(Duration.ZERO)));
    }

    @Test
    void aKeyTypeWithoutACodecIsRefused() {
        assertThatThrownBy(() -> contract.larder()
                        .cache("shapes", StringBuilder.class, String.class)
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("No key codec for java.lang.StringBuilder")
                .hasMessageContaining("keyCodec");
    }

    @Test
    void otherSettingsUnderTheSameNameAreRefused() {
        assertThatThrownBy(() -> contract.cache("contract", builder -> builder.onError(OnError.THROW)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cache 'contract' is open already with other settings")
                .hasMessageContaining("another name or version");
    }
}
