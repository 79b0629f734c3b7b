package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheScope;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is read, and nothing else. */
abstract class ReadingPromises<V> extends Promises<V> {

    ReadingPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void missesWhatWasNeverPut() {
        assertThat(backend.find("a")).isNull();
    }

    @Test
    void readsWhatWasPut() {
        backend.put("a", "1");

        assertThat(backend.get("a")).isEqualTo("1");
        assertThat(backend.find("b")).isNull();
    }

    @Test
    void readsTheEntryWithItsTimesAndTags() {
        contract.needs(Capability.TAGS);
        Entry<V> entry = backend.entry("1", Duration.ofMillis(1_234), "x", "y");

        backend.put("a", entry);

        Entry<V> found = backend.existing("a");
        assertThat(found.lifetime()).isEqualTo(entry.lifetime());
        assertThat(found.tags()).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void tellsACachedNothingFromAMiss() {
        backend.put("a", Caller.NOTHING);

        Entry<V> found = backend.existing("a");
        assertThat(found.isNothing()).isTrue();
        assertThat(backend.find("b")).isNull();
        assertThat(backend.getAll("a", "b")).containsExactly(Map.entry("a", Caller.NOTHING));
    }

    @Test
    void putReplacesWhatWasThere() {
        backend.put("a", backend.entry("1", Duration.ofSeconds(1)));
        backend.put("a", "2");

        assertThat(backend.get("a")).isEqualTo("2");
        contract.clock().advance(Duration.ofDays(1));
        assertThat(backend.get("a")).isEqualTo("2");
    }

    @Test
    void whatIsAtHandIsWhatThereIs() {
        backend.put("a", backend.entry("1", Duration.ofSeconds(1)));
        backend.find("a");

        Entry<V> atHand = contract.backend().getNow("a");
        assertThat(atHand == null ? "1" : backend.text(atHand)).isEqualTo("1");
        contract.clock().advance(Duration.ofSeconds(1));
        assertThat(contract.backend().getNow("a")).isNull();
        backend.put("a", "2");
        backend.remove("a");
        assertThat(contract.backend().getNow("a")).isNull();
    }

    @Test
    void keepsAnEmptyTextApartFromNothing() {
        backend.put("a", "");

        assertThat(backend.get("a")).isEmpty();
        assertThat(backend.find("a")).isNotNull().matches(entry -> !entry.isNothing());
    }

    @Test
    void readsManyAtOnceByTheCallersKeys() {
        backend.put("a", "1");
        backend.put("b", "2");

        assertThat(backend.getAll("b", "missing", "a", "b")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(backend.getAll()).isEmpty();
    }

    @Test
    void putsManyAtOnce() {
        Map<String, Entry<V>> entries = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            entries.put("key-" + i, backend.entry("value-" + i));
        }

        backend.putAll(entries);
        backend.putAll(Map.of());

        assertThat(backend.getAll(entries.keySet().toArray(String[]::new)))
                .hasSize(1_000)
                .containsEntry("key-0", "value-0")
                .containsEntry("key-999", "value-999");
    }

    @Test
    void putIfAbsentLeavesWhatIsThere() {
        assertThat(backend.putIfAbsent("a", backend.entry("1"))).isTrue();
        assertThat(backend.putIfAbsent("a", backend.entry("2"))).isFalse();

        assertThat(backend.get("a")).isEqualTo("1");
    }

    @Test
    void putIfAbsentLeavesACachedNothing() {
        backend.put("a", Caller.NOTHING);

        assertThat(backend.putIfAbsent("a", backend.entry("1"))).isFalse();
    }

    @Test
    void replaceLeavesAMissingKeyMissing() {
        assertThat(backend.replace("a", backend.entry("1"))).isFalse();
        assertThat(backend.find("a")).isNull();

        backend.put("a", "1");
        assertThat(backend.replace("a", backend.entry("2"))).isTrue();
        assertThat(backend.get("a")).isEqualTo("2");
    }

    @Test
    void removeSaysWhetherThereWasAnEntry() {
        backend.put("a", "1");
        backend.put("b", "2");

        assertThat(backend.remove("a")).isTrue();
        assertThat(backend.remove("a")).isFalse();
        assertThat(backend.find("a")).isNull();
        assertThat(backend.get("b")).isEqualTo("2");
    }

    @Test
    void removesManyAndSaysHowManyThereWere() {
        backend.put("a", "1");
        backend.put("b", "2");
        backend.put("c", "3");

        assertThat(backend.removeAll(List.of("a", "missing", "b", "a"))).isEqualTo(2);
        assertThat(backend.removeAll(List.of())).isZero();
        assertThat(backend.getAll("a", "b", "c")).isEqualTo(Map.of("c", "3"));
    }

    @Test
    void clearLeavesNothing() {
        backend.put("a", "1");
        backend.put("b", "2");

        backend.clear();

        assertThat(backend.getAll("a", "b")).isEmpty();
    }

    @Test
    void otherCachesNamespacesAndVersionsAreNeverSeen() {
        List<CacheScope> scopes = List.of(
                new CacheScope("", "other", 1),
                new CacheScope("contract", "", 1),
                new CacheScope("ns", "contract", 1),
                new CacheScope("", "contract", 2));
        List<Caller<V>> others =
                scopes.stream().map(contract::open).map(contract::caller).toList();
        backend.put("a", "mine");
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).find("a")).as("in %s", scopes.get(i)).isNull();
            others.get(i).put("a", "of " + i);
        }

        backend.clear();

        assertThat(backend.find("a")).isNull();
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get("a")).as("in %s", scopes.get(i)).isEqualTo("of " + i);
        }
    }

    @Test
    void tagsAndPatternsStayInTheirScope() {
        contract.needs(Capability.TAGS);
        contract.needs(Capability.LISTING);
        Caller<V> other = contract.caller(contract.open(new CacheScope("", "other", 1)));
        backend.put("a", "mine", "x");
        other.put("a", "theirs", "x");

        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "mine"));
        assertThat(backend.keys("*")).containsExactly("a");
        assertThat(backend.invalidateTag("x")).isEqualTo(1);
        assertThat(backend.removeMatching("*")).isZero();
        assertThat(other.get("a")).isEqualTo("theirs");
    }

    @Test
    void tellsAboutItself() {
        Backend<String, V> asked = contract.backend();

        assertThatCode(() -> asked.ping().join()).doesNotThrowAnyException();
        assertThat(asked.capabilities()).isEqualTo(asked.capabilities());
        BackendInfo info = asked.info().join();
        assertThat(info.address()).isNotBlank();
        assertThat(info.entries()).isGreaterThanOrEqualTo(BackendInfo.UNKNOWN);
        assertThat(info.evictions()).isGreaterThanOrEqualTo(BackendInfo.UNKNOWN);
        assertThat(info.weightBytes()).isGreaterThanOrEqualTo(BackendInfo.UNKNOWN);
    }

    @Test
    void closesTwice() {
        Backend<String, V> another = contract.open(new CacheScope("", "closed", 1));

        assertThatCode(() -> {
                    another.close();
                    another.close();
                })
                .doesNotThrowAnyException();
        backend.put("a", "1");
        assertThat(backend.get("a")).isEqualTo("1");
    }
}
