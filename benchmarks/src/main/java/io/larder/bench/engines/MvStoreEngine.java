package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** H2's MVStore: each write committed and synchronized, or left to its own commits once a second. */
final class MvStoreEngine implements Engine {

    private final MVStore file;
    private final MVMap<String, byte[]> entries;
    private final Durability durability;

    MvStoreEngine(Path folder, Durability durability) {
        this.durability = durability;
        file = new MVStore.Builder()
                .fileName(folder.resolve("engine.mv").toString())
                .open();
        entries = file.openMap("entries");
    }

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value);
        written();
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
        written();
    }

    @Override
    public void close() {
        file.close();
    }

    private void written() {
        if (durability == Durability.DURABLE) {
            file.commit();
            file.sync();
        }
    }
}
