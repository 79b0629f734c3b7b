package io.larder.bench.disk;

import io.larder.bench.mix.Engine;
import io.larder.bench.mix.MixCell;
import io.larder.bench.mix.MixPeer;
import io.larder.bench.worker.LineProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who takes part, in the order of the tables. */
@SuppressWarnings("ImmutableEnumChecker") // Words, and references to constructors, which keep nothing.
public enum DiskPeer implements MixPeer {
    /** Ours, its callers threads of one process. */
    LARDER("Larder", "larder", LarderDisk::new),
    /** Ours, its callers processes, as python-diskcache's are. */
    LARDER_PROCESSES("Larder, a process each", "larder", LarderDisk::new),
    /** In Python, where threads do not run at the same time: its callers are processes. */
    DISKCACHE("python-diskcache", "", folder -> {
        throw new IllegalStateException("python-diskcache does not run in a JVM, and cannot open " + folder);
    }),
    /** For one process. */
    EHCACHE("Ehcache's disk tier", "ehcache", EhcacheDisk::new),
    /** What one writes in an afternoon. */
    FILES("One file per entry", "", FilePerEntry::new);

    private static final String HEAP = "256m";

    private final String label;
    private final String library;
    private final Function<Path, Engine> opener;

    DiskPeer(String label, String library, Function<Path, Engine> opener) {
        this.label = label;
        this.library = library;
        this.opener = opener;
    }

    @Override
    public String label() {
        return label;
    }

    /** Returns the name under which the build knows its version; empty where it knows none. */
    String library() {
        return library;
    }

    @Override
    public boolean processEach() {
        return this == LARDER_PROCESSES || this == DISKCACHE;
    }

    /** Alone, a process each is one process. */
    @Override
    public boolean takes(MixCell cell) {
        return this != LARDER_PROCESSES || cell.callers() > 1;
    }

    Engine open(Path folder) {
        return opener.apply(folder);
    }

    @Override
    public LineProcess start() {
        if (this == DISKCACHE) {
            Optional<Diskcache> found = Diskcache.find();
            return found.orElseThrow(() -> new IllegalStateException(
                            "No python3 has the package diskcache. On Debian: apt install python3-diskcache"))
                    .start();
        }
        return LineProcess.start(
                label, LineProcess.java(List.of("-Xms" + HEAP, "-Xmx" + HEAP), DiskWorker.class, name()));
    }
}
