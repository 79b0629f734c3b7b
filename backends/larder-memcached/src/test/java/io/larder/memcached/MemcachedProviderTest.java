package io.larder.memcached;

import io.larder.spi.BackendProvider;
import io.larder.testkit.ProviderContract;
import io.larder.testkit.servers.Certificates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MemcachedProviderTest extends ProviderContract {

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
        return new MemcachedProvider();
    }

    /** With TLS, for which some parameters are; nobody answers there. */
    @Override
    protected String url() {
        return "memcacheds://127.0.0.1:1,127.0.0.1:2*3";
    }

    @Override
    protected Map<String, List<String>> accepted() {
        return Map.ofEntries(
                Map.entry("ca", List.of(certificates.ca().toString())),
                Map.entry(
                        "cert",
                        List.of(certificates.client().certificate() + "&key="
                                + certificates.client().key())),
                Map.entry(
                        "key",
                        List.of(certificates.client().key() + "&cert="
                                + certificates.client().certificate())),
                Map.entry("key-password", List.of("secret")),
                Map.entry("verify", List.of("full", "ca")),
                Map.entry("connect-timeout", List.of("1ms", "2s", "1d")),
                Map.entry("reconnect-max", List.of("10ms", "1m")),
                Map.entry("hash", List.of("rendezvous", "ketama", "modulo")),
                Map.entry("on-dead", List.of("miss", "rehash")),
                Map.entry("chunk", List.of("true", "false")),
                Map.entry("peer", List.of("ddf", "ellar", "yokedcache")),
                Map.entry("max-value", List.of("1B", "64MiB", "127MiB")),
                Map.entry("clock-skew", List.of("0s", "5s")),
                Map.entry("lease", List.of("1ms", "1m")));
    }

    @Override
    protected Map<String, List<String>> refused() {
        return Map.ofEntries(
                Map.entry("ca", List.of("/no/such/ca.pem")),
                Map.entry("cert", List.of("/no/such/client.crt")),
                Map.entry("key", List.of("/no/such/client.key")),
                Map.entry("verify", List.of("none", "")),
                Map.entry("connect-timeout", List.of("0s", "never", "2")),
                Map.entry("reconnect-max", List.of("1ms", "never")),
                Map.entry("hash", List.of("murmur", "")),
                Map.entry("on-dead", List.of("ignore", "")),
                Map.entry("chunk", List.of("yes")),
                Map.entry("peer", List.of("nicolas", "django")),
                Map.entry("max-value", List.of("0B", "1073741824B", "64")),
                Map.entry("clock-skew", List.of("never", "5")),
                Map.entry("lease", List.of("0s", "never")));
    }
}
