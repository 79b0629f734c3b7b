package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.memcached.client.ServerAddress;
import io.larder.memcached.client.WeightedServer;
import io.larder.url.CacheUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemcachedAddressTest {

    private static MemcachedAddress of(String url) {
        return MemcachedAddress.of(CacheUrl.parse(url));
    }

    private static WeightedServer server(String host, int port, int weight) {
        return new WeightedServer(ServerAddress.tcp(host, port), weight);
    }

    @Test
    void serversHaveHostsPortsAndWeights() {
        assertThat(of("memcached://cache-1").servers()).containsExactly(server("cache-1", 11211, 1));
        assertThat(of("memcached://b:1,a:2*3,[::1]:3").servers())
                .containsExactly(server("b", 1, 1), server("a", 2, 3), server("::1", 3, 1));
        assertThat(of("memcached://b:1,a*2").servers()).containsExactly(server("b", 1, 1), server("a", 11211, 2));
        assertThat(of("memcached://a:1*3?namespace=x@y").servers()).containsExactly(server("a", 1, 3));
    }

    @Test
    void aSocketHasAPath() {
        assertThat(of("memcached+unix:///run/my%20cache.sock").servers())
                .containsExactly(new WeightedServer(ServerAddress.unix(Path.of("/run/my cache.sock")), 1));
    }

    @Test
    void tlsIsInTheScheme() {
        assertThat(of("memcacheds://h").isTls()).isTrue();
        assertThat(of("memcached://h").isTls()).isFalse();
    }

    @Test
    void thePasswordIsNeverShown() {
        MemcachedAddress address = of("memcached://app:s3cret@h");

        assertThat(address.login()).isNotNull();
        assertThat(address.login().password()).isEqualTo("s3cret");
        assertThat(address + "" + address.login()).doesNotContain("s3cret");
        assertThatThrownBy(() -> of("memcached://app:s3 cret@h"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("password of user 'app' must not contain blanks")
                .hasMessageNotContaining("s3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            memcached:                      | names no host. Write 'memcached://host:port'
            memcached://h:0                 | 'h:0' in 'memcached://h:0' must be a host with or without port (1 to 65535)
            memcached://h:99999             | 'h:99999' in
            memcached://h:1*0               | 'h:1*0' in
            memcached://h:1*1001            | weight (1 to 1000)
            memcached://h:1*                | 'h:1*' in
            memcached://h,                  | '' in 'memcached://h,'
            memcached://h,h:11211           | names a server twice. Name each once, with a weight such as
            memcached://h/0                 | goes on after the servers. Write 'memcached://h'; to keep
            memcached://app@h               | has a user without a password. Write 'user:password@'
            memcached://h?ca=/ca.pem        | 'ca' of 'memcached://h?ca=/ca.pem' is about TLS
            memcached+unix://h/run/c.sock   | names a host beside a unix socket. Write three slashes
            memcached+unix:                 | names no socket. Write 'memcached+unix:///run/memcached.sock'
            """)
    void whatCannotBeIsRefused(String url, String said) {
        assertThatThrownBy(() -> of(url)).isInstanceOf(ConfigException.class).hasMessageContaining(said);
    }
}
