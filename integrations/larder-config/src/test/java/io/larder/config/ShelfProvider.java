package io.larder.config;

import io.larder.ConfigException;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.testkit.ReferenceProvider;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import java.util.List;
import java.util.Set;

/** Opens {@code shelf:}, a backend with a few parameters, some of which work only together. */
public final class ShelfProvider implements BackendProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("shelf");
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(
                new Parameter("max", "count", "10", "Entries."),
                new Parameter("cert", "path", "none", "Needs 'key'."),
                new Parameter("key", "path", "none", "Needs 'cert'."),
                new Parameter("key-password", "text", "none", "Opens 'key'.")));
    }

    @Override
    public void check(CacheUrl url) {
        if (url.hosts().equals("nowhere")) {
            throw new ConfigException("'" + url + "' is no shelf");
        }
        long unused = url.parameters().count("max", 10);
        if ((url.parameters().text("cert") == null) != (url.parameters().text("key") == null)) {
            throw new ConfigException("'cert' and 'key' go together");
        }
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        return ReferenceProvider.byReference().open(url, context);
    }
}
