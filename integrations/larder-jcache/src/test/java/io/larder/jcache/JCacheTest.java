package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.testkit.servers.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the TCK does not ask for; it runs beside these. */
class JCacheTest {

    private static final int THREADS = 4;

    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        provider.close();
    }

    @Test
    void changesOfOneKeyAreAtomic() throws Exception {
        Cache<String, Integer> cache = cache(new MutableConfiguration<>());
        cache.put("count", 0);

        together(() -> {
            for (int i = 0; i < 500; i++) {
                var unused = cache.<Object>invoke("count", (entry, arguments) -> {
                    entry.setValue(entry.getValue() + 1);
                    return null;
                });
            }
            return null;
        });

        assertThat(cache.get("count")).isEqualTo(THREADS * 500);
    }

    @Test
    void loadsOnceForManyCallers() throws Exception {
        CountingLoader loader = new CountingLoader();
        Cache<String, Integer> cache = cache(
                new MutableConfiguration<String, Integer>().setReadThrough(true).setCacheLoaderFactory(() -> loader));

        List<Integer> values = together(() -> cache.get("four"));

        assertThat(values).containsOnly(4);
        assertThat(loader.calls).hasValue(1);
    }

    @Test
    void loadsWhatIsMissingInOneCall() {
        CountingLoader loader = new CountingLoader();
        Cache<String, Integer> cache = cache(
                new MutableConfiguration<String, Integer>().setReadThrough(true).setCacheLoaderFactory(() -> loader));
        cache.put("one", 1);

        Map<String, Integer> values = cache.getAll(Set.of("one", "three", "eleven"));

        assertThat(values).isEqualTo(Map.of("one", 1, "three", 5, "eleven", 6));
        assertThat(loader.calls).hasValue(1);
    }

    @Test
    void whatWasRemovedWhileItLoadedIsNotStored() {
        List<Cache<String, Integer>> opened = new ArrayList<>();
        CountingLoader loader = new CountingLoader(key -> opened.get(0).remove(key));
        Cache<String, Integer> cache = cache(
                new MutableConfiguration<String, Integer>().setReadThrough(true).setCacheLoaderFactory(() -> loader));
        opened.add(cache);

        assertThat(cache.get("one")).isEqualTo(3);
        assertThat(cache.getAll(Set.of("three"))).isEqualTo(Map.of("three", 5));

        assertThat(cache.containsKey("one")).isFalse();
        assertThat(cache.containsKey("three")).isFalse();
    }

    @Test
    void tellsThatAnEntryHasExpiredAlsoWhenItWasReadBefore() throws Exception {
        List<String> expired = new CopyOnWriteArrayList<>();
        CacheEntryExpiredListener<String, Integer> listener =
                events -> events.forEach(event -> expired.add(event.getKey() + "=" + event.getOldValue()));
        Cache<String, Integer> cache = cache(new MutableConfiguration<String, Integer>()
                .setExpiryPolicyFactory(
                        TouchedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 40)))
                .addCacheEntryListenerConfiguration(
                        new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true)));
        cache.put("a", 1);
        var unused = cache.get("a");

        Await.until("the entry expires", Duration.ofSeconds(10), () -> !cache.containsKey("a"));

        assertThat(cache.get("a")).isNull();
        assertThat(expired).containsExactly("a=1");
    }

    @Test
    void storesAllWhenTheWriterDidNotFail() {
        Cache<String, Integer> cache = cache(new MutableConfiguration<String, Integer>()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new WriterWithoutB(false)));

        cache.putAll(Map.of("a", 1, "b", 2));

        assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);
    }

    @Test
    void storesWhatAWriterThatFailedHasWritten() {
        Cache<String, Integer> cache = cache(new MutableConfiguration<String, Integer>()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new WriterWithoutB(true)));

        assertThatThrownBy(() -> cache.putAll(Map.of("a", 1, "b", 2))).isInstanceOf(CacheWriterException.class);

        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", 1));
    }

    @Test
    void keepsWhatIsEternalAsLongAsTheUrlLets() {
        Cache<String, Integer> cache = provider.getCacheManager(URI.create("memory:?ttl=1h"), null)
                .createCache("a", new MutableConfiguration<>());

        cache.put("a", 1);

        @SuppressWarnings("unchecked")
        io.larder.Cache<String, Object> behind = cache.unwrap(io.larder.Cache.class);
        assertThat(behind.find("a").remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void saysWhatCannotBeCopied() {
        Cache<String, Object> cache = cache(new MutableConfiguration<>());

        assertThatThrownBy(() -> cache.put("a", new Object()))
                .isInstanceOf(CacheException.class)
                .hasMessage("Cannot copy a java.lang.Object into the cache."
                        + " Make it Serializable, or share it with setStoreByValue(false)");
    }

    private <K, V> Cache<K, V> cache(MutableConfiguration<K, V> configuration) {
        return provider.getCacheManager().createCache("a", configuration);
    }

    private <T> List<T> together(Callable<T> call) throws Exception {
        List<Future<T>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(threads.submit(call));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> answer : calls) {
            answers.add(answer.get(30, TimeUnit.SECONDS));
        }
        return answers;
    }

    /** Has the length of each key. */
    private static final class CountingLoader implements CacheLoader<String, Integer> {

        private final AtomicInteger calls = new AtomicInteger();
        private final Consumer<String> meanwhile;

        CountingLoader() {
            this(key -> {});
        }

        CountingLoader(Consumer<String> meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public Integer load(String key) {
            calls.incrementAndGet();
            meanwhile.accept(key);
            return key.length();
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            calls.incrementAndGet();
            Map<String, Integer> lengths = new HashMap<>();
            keys.forEach(key -> {
                meanwhile.accept(key);
                lengths.put(key, key.length());
            });
            return lengths;
        }
    }

    /** Leaves the collections that it is given as they are; or takes all but "b" from them, and fails. */
    private record WriterWithoutB(boolean fails) implements CacheWriter<String, Integer> {

        @Override
        public void write(Cache.Entry<? extends String, ? extends Integer> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
            if (fails) {
                entries.removeIf(entry -> !entry.getKey().equals("b"));
                throw new CacheWriterException("b");
            }
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }
}
