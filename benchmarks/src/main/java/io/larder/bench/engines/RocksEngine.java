package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** RocksDB with its journal. */
final class RocksEngine implements Engine {

    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions writes;
    private final RocksDB entries;

    RocksEngine(Path folder, Durability durability) {
        writes = new WriteOptions().setSync(durability == Durability.DURABLE);
        try {
            entries = RocksDB.open(options, folder.toString());
        } catch (RocksDBException e) {
            throw failed("open", e);
        }
    }

    @Override
    public byte @Nullable [] get(String key) {
        try {
            return entries.get(bytes(key));
        } catch (RocksDBException e) {
            throw failed("get", e);
        }
    }

    @Override
    public void put(String key, byte[] value) {
        try {
            entries.put(writes, bytes(key), value);
        } catch (RocksDBException e) {
            throw failed("put", e);
        }
    }

    @Override
    public void remove(String key) {
        try {
            entries.delete(writes, bytes(key));
        } catch (RocksDBException e) {
            throw failed("remove", e);
        }
    }

    @Override
    public void close() {
        entries.close();
        writes.close();
        options.close();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static IllegalStateException failed(String what, RocksDBException cause) {
        return new IllegalStateException("RocksDB cannot " + what, cause);
    }
}
