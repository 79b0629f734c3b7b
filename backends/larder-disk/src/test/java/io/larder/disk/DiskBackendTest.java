package io.larder.disk;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.url.CacheUrl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DiskBackendTest extends BackendContract<byte[]> {

    @TempDir
    private Path folder;

    private final List<Backends> opened = new ArrayList<>();

    DiskBackendTest() {
        super(Values.BYTES);
    }

    String memory() {
        return "";
    }

    @Override
    protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open(folder + "?lease=1d&sync=off", spec, context);
    }

    @Override
    protected Backend<String, byte[]> openSmall(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open(folder.resolve("small") + "?lease=1d&sync=off&max=1MiB", spec, context);
    }

    private Backend<String, byte[]> open(String where, CacheSpec<String, byte[]> spec, BackendContext context) {
        Backends.OfBytes backends =
                (Backends.OfBytes) new DiskProvider().open(CacheUrl.parse("disk:" + where + memory()), context);
        opened.add(backends);
        return backends.open(spec);
    }

    @AfterEach
    void close() {
        opened.forEach(Backends::close);
    }
}
