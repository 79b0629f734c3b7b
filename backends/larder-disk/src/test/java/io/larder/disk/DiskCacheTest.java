package io.larder.disk;

import io.larder.testkit.CacheContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest extends CacheContract {

    @TempDir
    private Path folder;

    @Override
    protected String url() {
        return "disk:" + folder + "?timeout=10s&sync=off";
    }

    @Override
    protected boolean isShared() {
        return true;
    }

    /** Each try asks the disk some fifty times. */
    @Override
    protected int matrixTries() {
        return 50;
    }
}
