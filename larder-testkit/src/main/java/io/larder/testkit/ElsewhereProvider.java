package io.larder.testkit;

import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Opens what another provider opens, and, under {@value #URL}, a {@link ReferenceBackend} to come from or to go to. Has no state. */
record ElsewhereProvider(BackendProvider below) implements BackendProvider {

    static final String URL = "elsewhere:";

    @Override
    public Set<String> schemes() {
        Set<String> schemes = new LinkedHashSet<>(below.schemes());
        schemes.add(CacheUrl.parse(URL).scheme());
        return schemes;
    }

    @Override
    public ParameterSet parameters() {
        return below.parameters();
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        return below.schemes().contains(url.scheme())
                ? below.open(url, context)
                : ReferenceProvider.byReference().open(url, context);
    }
}
