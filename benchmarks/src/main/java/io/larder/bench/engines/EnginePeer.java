package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import io.larder.bench.mix.MixPeer;
import io.larder.bench.worker.LineProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who takes part, in the order of the tables. */
@SuppressWarnings("ImmutableEnumChecker") // Words, and references to constructors, which keep nothing.
public enum EnginePeer implements MixPeer {
    /** What the durable compare with. */
    SQLITE_DURABLE("SQLite", "sqlite-jdbc", "WAL, `synchronous=FULL`", Durability.DURABLE, SqliteEngine::new),
    /** What the relaxed compare with. */
    SQLITE_RELAXED("SQLite", "sqlite-jdbc", "WAL, `synchronous=NORMAL`", Durability.RELAXED, SqliteEngine::new),
    /** As it comes. */
    LMDB_DURABLE("LMDB", "lmdbjava", "synchronous", Durability.DURABLE, LmdbEngine::new),
    /** Left to the system. */
    LMDB_RELAXED("LMDB", "lmdbjava", "`MDB_NOSYNC`", Durability.RELAXED, LmdbEngine::new),
    /** Not as it comes. */
    ROCKSDB_DURABLE("RocksDB", "rocksdb", "`sync=true`", Durability.DURABLE, RocksEngine::new),
    /** As it comes. */
    ROCKSDB_RELAXED("RocksDB", "rocksdb", "`sync=false`", Durability.RELAXED, RocksEngine::new),
    /** Not as it comes. */
    MVSTORE_DURABLE("H2 MVStore", "h2", "`commit` and `sync` by each write", Durability.DURABLE, MvStoreEngine::new),
    /** As it comes. */
    MVSTORE_RELAXED("H2 MVStore", "h2", "commits once a second", Durability.RELAXED, MvStoreEngine::new);

    private static final String HEAP = "512m";

    private final String engine;
    private final String library;
    private final String setting;
    private final Durability durability;
    private final Opener opener;

    EnginePeer(String engine, String library, String setting, Durability durability, Opener opener) {
        this.engine = engine;
        this.library = library;
        this.setting = setting;
        this.durability = durability;
        this.opener = opener;
    }

    private interface Opener {
        Engine open(Path folder, Durability durability);
    }

    @Override
    public String label() {
        return engine + (durability == Durability.DURABLE ? ", durable" : ", relaxed");
    }

    /** Returns the name under which the build knows its version. */
    String library() {
        return library;
    }

    /** Returns what the engine calls it, as Markdown. */
    String setting() {
        return setting;
    }

    /** Returns the engine that this is compared with. */
    EnginePeer rival() {
        return durability == Durability.DURABLE ? SQLITE_DURABLE : SQLITE_RELAXED;
    }

    @Override
    public boolean processEach() {
        return false;
    }

    Engine open(Path folder) {
        return opener.open(folder, durability);
    }

    @Override
    public LineProcess start() {
        return start(EngineWorker.class);
    }

    /** Starts {@code main} with the name of this and more arguments. */
    LineProcess start(Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of(name()));
        all.addAll(List.of(arguments));
        List<String> options = List.of(
                "-Xmx" + HEAP,
                // LMDB's buffers.
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        return LineProcess.start(label(), LineProcess.java(options, main, all.toArray(String[]::new)));
    }
}
