package io.larder.memory;

import io.larder.spi.BackendProvider;
import io.larder.testkit.ProviderContract;
import java.util.List;
import java.util.Map;

class MemoryProviderTest extends ProviderContract {

    @Override
    protected BackendProvider provider() {
        return new MemoryProvider();
    }

    @Override
    protected String url() {
        return "memory:";
    }

    @Override
    protected Map<String, List<String>> accepted() {
        return Map.of(
                "max", List.of("1", "10k", "1.5M"),
                "max-weight", List.of("1B", "64MiB", "1GB"),
                "copy", List.of("none", "codec"));
    }

    @Override
    protected Map<String, List<String>> refused() {
        return Map.of(
                "max", List.of("0", "-1", "ten", "10kB", ""),
                "max-weight", List.of("0B", "64", "1 GB", "-1B"),
                "copy", List.of("json", "yes", ""));
    }
}
