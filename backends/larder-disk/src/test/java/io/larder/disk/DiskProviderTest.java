package io.larder.disk;

import io.larder.spi.BackendProvider;
import io.larder.testkit.ProviderContract;
import java.util.List;
import java.util.Map;

class DiskProviderTest extends ProviderContract {

    @Override
    protected BackendProvider provider() {
        return new DiskProvider();
    }

    @Override
    protected String url() {
        return "disk:/no/such/folder";
    }

    @Override
    protected Map<String, List<String>> accepted() {
        return Map.of(
                "max", List.of("1MiB", "2048GiB"),
                "sync", List.of("normal", "full", "off"),
                "max-value", List.of("1B", "256MiB"),
                "lease", List.of("1ms", "1d"),
                "memory", List.of("0", "0B", "64MiB"));
    }

    @Override
    protected Map<String, List<String>> refused() {
        return Map.of(
                "max", List.of("1048575B", "64", "never"),
                "sync", List.of("always", ""),
                "max-value", List.of("0B", "268435457B", "64"),
                "lease", List.of("0s", "never"),
                "memory", List.of("16", "-1B", "none"));
    }
}
