package io.larder.redis;

import io.larder.spi.BackendProvider;
import io.larder.testkit.ProviderContract;
import io.larder.testkit.servers.Certificates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisProviderTest extends ProviderContract {

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.create();
    }

    @AfterAll
    static void dropCertificates() {
        certificates.close();
    }

    @Override
    protected BackendProvider provider() {
        return new RedisProvider();
    }

    /** The shape that has every parameter; nobody answers there. */
    @Override
    protected String url() {
        return "redis+sentinel://127.0.0.1:1/service";
    }

    @Override
    protected Map<String, List<String>> accepted() {
        String pair = "&cert=" + certificates.client().certificate() + "&tls=true";
        return Map.ofEntries(
                Map.entry("db", List.of("0", "15")),
                Map.entry("tls", List.of("true", "false")),
                Map.entry("sentinel-user", List.of("watcher&sentinel-password=secret")),
                Map.entry("sentinel-password", List.of("secret")),
                Map.entry("ca", List.of(certificates.ca() + "&tls=true")),
                Map.entry(
                        "cert",
                        List.of(certificates.client().certificate() + "&key="
                                + certificates.client().key() + "&tls=true")),
                Map.entry("key", List.of(certificates.client().key() + pair)),
                Map.entry("key-password", List.of("secret&tls=true")),
                Map.entry("verify", List.of("full&tls=true", "ca&tls=true")),
                Map.entry("connect-timeout", List.of("1ms", "2s", "1d")),
                Map.entry("keep-alive", List.of("3s", "10m", "never")),
                Map.entry("client-name", List.of("larder", "shop:42")),
                Map.entry("connections", List.of("1", "64")),
                Map.entry("reconnect-max", List.of("10ms", "1m")),
                Map.entry("read", List.of("leader", "replica", "nearest")),
                Map.entry("read-your-writes", List.of("true", "false")),
                Map.entry("wait-replicas", List.of("0", "2")),
                Map.entry("max-value", List.of("1B", "64MiB", "512MiB")),
                Map.entry("clock-skew", List.of("0s", "5s")),
                Map.entry("lease", List.of("1ms", "1m")),
                Map.entry("batch", List.of("1", "10000")),
                Map.entry("batches", List.of("1", "4")),
                Map.entry("yields", List.of("0", "100")),
                Map.entry("coherence", List.of("auto", "tracking", "bus", "none")),
                Map.entry("heart-beat", List.of("50ms", "1m")),
                Map.entry("peer", List.of("cachetory", "ddf", "ellar", "nicolas", "yokedcache")));
    }

    @Override
    protected Map<String, List<String>> refused() {
        return Map.ofEntries(
                Map.entry("db", List.of("-1", "one", "")),
                Map.entry("tls", List.of("yes", "")),
                Map.entry("sentinel-user", List.of("watcher")),
                Map.entry("ca", List.of("/no/such/ca.pem")),
                Map.entry("cert", List.of("/no/such/client.crt")),
                Map.entry("key", List.of("/no/such/client.key")),
                Map.entry("verify", List.of("none", "")),
                Map.entry("connect-timeout", List.of("0s", "never", "2")),
                Map.entry("keep-alive", List.of("1s", "0s")),
                Map.entry("client-name", List.of("two words", "")),
                Map.entry("connections", List.of("0", "65", "-1")),
                Map.entry("reconnect-max", List.of("1ms", "never")),
                Map.entry("read", List.of("follower", "")),
                Map.entry("read-your-writes", List.of("yes")),
                Map.entry("wait-replicas", List.of("-1", "all")),
                Map.entry("max-value", List.of("0B", "1073741824B", "64")),
                Map.entry("clock-skew", List.of("never", "5")),
                Map.entry("lease", List.of("0s", "never")),
                Map.entry("batch", List.of("0", "10001", "all")),
                Map.entry("batches", List.of("0", "-1")),
                Map.entry("yields", List.of("-1", "10001")),
                Map.entry("coherence", List.of("", "pubsub")),
                Map.entry("heart-beat", List.of("49ms", "never")),
                Map.entry("peer", List.of("django")));
    }
}
