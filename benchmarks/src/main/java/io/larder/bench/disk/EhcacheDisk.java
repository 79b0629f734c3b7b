package io.larder.bench.disk;

import io.larder.bench.mix.Engine;
import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;
import org.jspecify.annotations.Nullable;

/** Ehcache's disk tier, without one in memory above it. */
final class EhcacheDisk implements Engine {

    /** As much as Larder and python-diskcache keep by themselves. */
    private static final int GIBIBYTES = 1;

    private final PersistentCacheManager manager;
    private final Cache<String, byte[]> cache;

    EhcacheDisk(Path folder) {
        CacheConfigurationBuilder<String, byte[]> configuration =
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                        String.class,
                        byte[].class,
                        ResourcePoolsBuilder.newResourcePoolsBuilder().disk(GIBIBYTES, MemoryUnit.GB, true));
        manager = CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(folder.toFile()))
                .withCache("bench", configuration)
                .build(true);
        cache = manager.getCache("bench", String.class, byte[].class);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void remove(String key) {
        cache.remove(key);
    }

    @Override
    public void close() {
        manager.close();
    }
}
