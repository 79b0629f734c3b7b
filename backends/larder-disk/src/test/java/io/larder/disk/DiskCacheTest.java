package io.larder.disk;

import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.FakeClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest extends CacheContract {

    @TempDir
    private Path folder;

    @Override
    protected Larder open(FakeClock clock, CacheListener listener) {
        return Larder.builder("disk:" + folder + "?timeout=10s&sync=off")
                .clock(clock)
                .listener(listener)
                .build();
    }
}
