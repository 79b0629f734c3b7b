package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Date;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LarderCachingProviderTest {

    private final LarderCachingProvider provider = new LarderCachingProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void uriIsTheUrlOfABackend() {
        assertThat(bound(manager("memory:?max=5"))).isEqualTo("5 entries");
    }

    @Test
    void nameFindsItsUrlInTheProperties() {
        Properties properties = new Properties();
        properties.setProperty("larder.url", "memory:?max=7");

        assertThat(bound(provider.getCacheManager(URI.create("larder:orders"), null, properties)))
                .isEqualTo("7 entries");
        assertThat(bound(provider.getCacheManager())).isEqualTo("10000 entries");
    }

    @Test
    void beansHaveNamesWhateverTheUri() throws Exception {
        manager("memory:?max=5").createCache("a=b", new MutableConfiguration<>().setStatisticsEnabled(true));

        ObjectName name = new ObjectName("javax.cache:type=CacheStatistics,CacheManager=memory..max.5,Cache=a.b");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isTrue();
        provider.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
    }

    @Test
    void saysWhatToDoWithoutABackend() {
        assertThatThrownBy(() -> manager("papyrus:reed").createCache("a", new MutableConfiguration<>()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("No backend for scheme 'papyrus'");
    }

    @Test
    void sharesNoObjectsWhereBytesAreKept() {
        assertThatThrownBy(() -> manager("redis://127.0.0.1")
                        .createCache("a", new MutableConfiguration<>().setStoreByValue(false)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Cache 'a' cannot share objects with callers on redis://127.0.0.1, which keeps bytes."
                        + " Use setStoreByValue(true), or 'memory:'");
    }

    @Test
    void memoryThatKeepsBytesIsBoundedByThem() {
        Cache<String, String> cache = manager("memory:?max-weight=64KiB&copy=codec&codec=string")
                .createCache("a", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        cache.put("a", "x");

        assertThat(cache.get("a")).isEqualTo("x").isNotSameAs(cache.get("a"));
        assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("a");
    }

    @Test
    void saysWhatToDoAboutKeysWithoutACodec() {
        assertThatThrownBy(() -> manager("redis://127.0.0.1")
                        .createCache("a", new MutableConfiguration<Date, String>().setTypes(Date.class, String.class)))
                .isInstanceOf(CacheException.class)
                .hasMessage("Cannot write keys of type java.util.Date of cache 'a'."
                        + " Configure it with a LarderConfiguration that has a key codec");
    }

    private CacheManager manager(String uri) {
        return provider.getCacheManager(URI.create(uri), null);
    }

    private static String bound(CacheManager manager) {
        Cache<Object, Object> cache = manager.createCache("bound", new MutableConfiguration<>());
        return cache.unwrap(io.larder.Cache.class).stats().backend().details().get("bound");
    }
}
