package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.WarmEntry;
import io.larder.WarmOptions;
import io.larder.WarmReport;
import io.larder.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cache is warmed with is there before anybody asks, and takes the place of nothing that is fresher. */
abstract class CacheWarmPromises extends CachePromises {

    private static final WarmOptions OPTIONS = WarmOptions.parallel(4);

    private final AtomicInteger loads = new AtomicInteger();

    CacheWarmPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    private String counted(String key) {
        loads.incrementAndGet();
        return key + " loaded";
    }

    @Test
    void givenValuesAreStoredEachInItsWay() {
        Stream<WarmEntry<String, String>> entries = Stream.of(
                new WarmEntry<>("a", "1"),
                new WarmEntry<>("b", "2", EntryOptions.ttl(TTL)),
                new WarmEntry<>("c", null));

        assertThat(cache.warm(entries, OPTIONS)).isEqualTo(new WarmReport(3, 0, 0));

        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(existing(cache, "a").remaining()).isEqualTo(EntryOptions.NEVER);
        assertThat(existing(cache, "b").remaining()).isEqualTo(TTL);
        assertThat(existing(cache, "c").isNothing()).isTrue();
        assertThat(cache.stats().misses()).isZero();
    }

    @Test
    void tagsOfTheEntryAndOfAllAreKept() {
        contract.needs(Capability.TAGS);

        cache.warm(
                Stream.of(new WarmEntry<>("a", "1", EntryOptions.tagged("x"))),
                OPTIONS.entries(EntryOptions.tagged("y")));

        assertThat(existing(cache, "a").tags()).containsExactlyInAnyOrder("x", "y");
        assertThat(cache.invalidateTag("y")).isEqualTo(1);
    }

    @Test
    void keysAreLoadedUnlessTheyAreFresh() {
        cache.put("fresh", "old");
        cache.put("stale", "old", EntryOptions.ttl(TTL));
        pass(TTL);

        WarmReport report = cache.warm(
                Stream.of("fresh", "stale", "missing"), this::counted, OPTIONS.entries(EntryOptions.ttl(TTL)));

        assertThat(report).isEqualTo(new WarmReport(2, 1, 0));
        assertThat(loads).hasValue(2);
        assertThat(cache.get("fresh")).isEqualTo("old");
        assertThat(cache.get("stale")).isEqualTo("stale loaded");
        assertThat(existing(cache, "missing").remaining()).isEqualTo(TTL);
    }

    @Test
    void whatIsFreshIsReplacedIfThatIsWanted() {
        cache.putAll(Map.of("a", "old", "b", "old"));

        cache.warm(Stream.of("a"), this::counted, OPTIONS.overwriting());
        cache.warm(Stream.of(new WarmEntry<>("b", "new")), OPTIONS.overwriting());

        assertThat(cache.get("a")).isEqualTo("a loaded");
        assertThat(cache.get("b")).isEqualTo("new");
    }

    @Test
    void whatFailsIsToldAndTheRestGoesOn() {
        List<Object> failed = new ArrayList<>();
        List<WarmReport> reports = new ArrayList<>();

        WarmReport report = cache.warm(
                IntStream.range(0, 100).mapToObj(i -> "key " + i),
                key -> {
                    if (key.endsWith("7")) {
                        throw new IllegalStateException("no database");
                    }
                    return key.endsWith("3") ? null : key;
                },
                OPTIONS.progress(reports::add).failures((key, why) -> failed.add(key + ": " + why.getMessage())));

        assertThat(report).isEqualTo(new WarmReport(80, 10, 10));
        assertThat(failed)
                .hasSize(10)
                .anySatisfy(line -> assertThat(line.toString())
                        .startsWith("key 17: Cannot load key 'key 17' of cache 'contract'")
                        .contains("no database"));
        assertThat(reports).hasSize(100).endsWith(report);
        assertThat(cache.get("key 99")).isEqualTo("key 99");
        assertThat(cache.contains("key 3")).isFalse();
    }

    @Test
    void whatSomebodyLoadsIsLeftToThem() throws Exception {
        HeldLoad load = new HeldLoad("fresher");
        Thread reader = new Thread(() -> cache.get("a", load));
        reader.start();
        load.awaitBegin();

        assertThat(cache.warm(Stream.of(new WarmEntry<>("a", "older")), OPTIONS))
                .isEqualTo(new WarmReport(0, 1, 0));
        assertThat(cache.warm(Stream.of("a"), this::counted, OPTIONS)).isEqualTo(new WarmReport(0, 1, 0));
        load.goOn();
        reader.join();

        assertThat(cache.get("a")).isEqualTo("fresher");
    }

    @Test
    void whatIsInvalidatedMeanwhileIsNotStored() {
        WarmReport report = cache.warm(
                Stream.of("a"),
                key -> {
                    cache.remove("a");
                    return "old";
                },
                OPTIONS);

        assertThat(report).isEqualTo(new WarmReport(0, 1, 0));
        assertThat(cache.contains("a")).isFalse();
        assertThat(contract.events).containsExactly(new CacheEvent.LoadDropped("contract", "a"));
    }

    @Test
    void aCacheThatIsOffStoresNothing() {
        cache.disable();

        assertThat(cache.warm(Stream.of("a"), this::counted, OPTIONS)).isEqualTo(new WarmReport(0, 1, 0));

        cache.enable();
        assertThat(cache.contains("a")).isFalse();
    }
}
