package io.larder.disk;

import io.larder.ConfigException;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opens {@code disk:/path}: a folder that any number of caches and processes of this machine share. Immutable.
 */
public final class DiskProvider implements BackendProvider {

    private final DiskConfig standard;

    /** Makes one for URLs alone; the ServiceLoader calls this. */
    public DiskProvider() {
        this(DiskConfig.STANDARD);
    }

    /** Makes one with settings for what a URL leaves out, to be given to {@link io.larder.LarderBuilder#provider}. */
    public DiskProvider(DiskConfig standard) {
        this.standard = standard;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("disk");
    }

    @Override
    public ParameterSet parameters() {
        return DiskConfig.PARAMETERS;
    }

    @Override
    public void check(CacheUrl url) {
        var unused = standard.with(url);
        var unusedPath = path(url);
    }

    /** Touches nothing: the folder is opened, or made, by the first call that needs it. */
    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        DiskConfig config = standard.with(url);
        return new DiskBackends(url.toString(), Database.of(path(url), config), config, context);
    }

    private static Path path(CacheUrl url) {
        if (!url.hosts().isEmpty() || url.user() != null || url.path().isEmpty()) {
            throw new ConfigException("'" + url + "' must name a folder of this machine. Write 'disk:/var/cache/app'");
        }
        try {
            return Path.of(url.path());
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + url + "' names no folder: " + e.getMessage(), e);
        }
    }
}
