package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB; it reads and writes buffers outside the heap, and this copies. */
final class LmdbEngine implements Engine {

    /** The file may grow to this; nothing is allocated for it. */
    private static final long MAP_BYTES = 4L << 30;

    /** Each thread's own, which outlast a call. */
    private static final ThreadLocal<ByteBuffer> KEY = new ThreadLocal<>();

    private static final ThreadLocal<ByteBuffer> VALUE = new ThreadLocal<>();

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> entries;

    LmdbEngine(Path folder, Durability durability) {
        List<EnvFlags> flags = new ArrayList<>();
        if (durability == Durability.RELAXED) {
            flags.add(EnvFlags.MDB_NOSYNC);
        }
        env = Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).open(folder.toFile(), flags.toArray(EnvFlags[]::new));
        entries = env.openDbi("entries", DbiFlags.MDB_CREATE);
    }

    @Override
    public byte @Nullable [] get(String key) {
        try (Txn<ByteBuffer> read = env.txnRead()) {
            ByteBuffer found = entries.get(read, key(key));
            if (found == null) {
                return null;
            }
            byte[] value = new byte[found.remaining()];
            found.get(value);
            return value;
        }
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key(key), direct(VALUE, value));
    }

    @Override
    public void remove(String key) {
        entries.delete(key(key));
    }

    @Override
    public void close() {
        env.close();
    }

    private ByteBuffer key(String key) {
        return direct(KEY, key.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer direct(ThreadLocal<ByteBuffer> own, byte[] bytes) {
        ByteBuffer buffer = own.get();
        if (buffer == null || buffer.capacity() < bytes.length) {
            buffer = ByteBuffer.allocateDirect(bytes.length);
            own.set(buffer);
        }
        return buffer.clear().put(bytes).flip();
    }
}
