package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.redis.RedisAddress.Kind;
import io.larder.redis.RedisAddress.Login;
import io.larder.redis.RedisAddress.Node;
import io.larder.url.CacheUrl;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {

    private static RedisAddress of(String url) {
        return RedisAddress.of(CacheUrl.parse(url));
    }

    @Nested
    class Places {

        @Test
        void serverHasAHostAndARedisPort() {
            RedisAddress address = of("redis://cache-1");

            assertThat(address.kind()).isEqualTo(Kind.SERVER);
            assertThat(address.nodes()).containsExactly(new Node("cache-1", 6379));
            assertThat(address.isTls()).isFalse();
            assertThat(address.name()).isEqualTo("Redis at cache-1:6379");
        }

        @Test
        void hostMayBeAnIpV6Address() {
            assertThat(of("redis://[::1]/1").nodes()).containsExactly(new Node("::1", 6379));
            assertThat(of("redis+cluster://[::1]:7000,[::1]:7001").name())
                    .isEqualTo("Redis Cluster at [::1]:7000, [::1]:7001");
        }

        @Test
        void socketHasAPathAndAParameterForTheDatabase() {
            RedisAddress address = of("redis+unix:///run/redis/my%20redis.sock?db=3");

            assertThat(address.socket()).isEqualTo("/run/redis/my redis.sock");
            assertThat(address.database()).isEqualTo(3);
            assertThat(address.nodes()).isEmpty();
            assertThat(address.name()).isEqualTo("Redis at /run/redis/my redis.sock");
        }

        @Test
        void replicasComeAfterTheLeader() {
            RedisAddress address = of("redis+replicas://leader,r1:7001,r2/2");

            assertThat(address.kind()).isEqualTo(Kind.REPLICAS);
            assertThat(address.nodes())
                    .containsExactly(new Node("leader", 6379), new Node("r1", 7001), new Node("r2", 6379));
            assertThat(address.database()).isEqualTo(2);
        }

        @Test
        void sentinelsHaveAPortOfTheirOwnAndAService() {
            RedisAddress address = of("redis+sentinel://s1,s2:7000/orders/4");

            assertThat(address.kind()).isEqualTo(Kind.SENTINEL);
            assertThat(address.nodes()).containsExactly(new Node("s1", 26379), new Node("s2", 7000));
            assertThat(address.service()).isEqualTo("orders");
            assertThat(address.database()).isEqualTo(4);
            assertThat(of("redis+sentinel://s1/orders?db=5").database()).isEqualTo(5);
        }

        @Test
        void clusterHasDatabaseZeroAlone() {
            assertThat(of("redis+cluster://h1,h2/0").database()).isZero();
            assertThat(of("redis+cluster://h1,h2").nodes()).hasSize(2);
        }

        @Test
        void tlsIsInTheSchemeOrAParameter() {
            assertThat(of("rediss://h").isTls()).isTrue();
            assertThat(of("rediss://h?tls=true").isTls()).isTrue();
            for (String scheme : List.of("redis", "redis+replicas", "redis+cluster")) {
                assertThat(of(scheme + "://h?tls=true").isTls()).isTrue();
                assertThat(of(scheme + "://h").isTls()).isFalse();
            }
        }
    }

    @Nested
    class Logins {

        @Test
        void userAndPasswordOrPasswordAlone() {
            assertThat(of("redis://app:s3cret@h").login()).isEqualTo(new Login("app", "s3cret"));
            assertThat(of("redis://:s3cret@h").login()).isEqualTo(new Login(null, "s3cret"));
            assertThat(of("redis://app:@h").login()).isEqualTo(new Login("app", ""));
            assertThat(of("redis://:@h").login()).isEqualTo(new Login(null, null));
            assertThat(of("redis://h").login()).isEqualTo(new Login(null, null));
            assertThat(of("redis+unix://app:s3cret@/run/redis.sock").login()).isEqualTo(new Login("app", "s3cret"));
        }

        @Test
        void sentinelsHaveTheirOwn() {
            RedisAddress address =
                    of("redis+sentinel://app:s3cret@s1/orders?sentinel-user=watcher&sentinel-password=other");

            assertThat(address.login()).isEqualTo(new Login("app", "s3cret"));
            assertThat(address.sentinelLogin()).isEqualTo(new Login("watcher", "other"));
            assertThat(of("redis+sentinel://:s3cret@s1/orders").sentinelLogin()).isEqualTo(new Login(null, null));
        }

        @Test
        void passwordsAreNeverShown() {
            RedisAddress address = of("redis+sentinel://app:s3cret@s1/orders?sentinel-password=other");

            assertThat(address.toString() + address.name()).doesNotContain("s3cret", "other");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            redis:                      | names no host. Write 'redis://host:port'
            redis:///1                  | names no host
            redis+sentinel:///orders    | names no host. Write 'redis+sentinel://host:port/service'
            redis://h1,h2               | names 2 hosts, but 'redis' is for one server
            redis+cluster://h1,h1:6379  | names a host twice
            redis://h1,                 | must be a host with or without a port
            redis://h:0                 | must be a host with or without a port
            redis://h:65536             | must be a host with or without a port
            redis://h:port              | must be a host with or without a port
            redis://::1                 | such as 'cache-1:6379' or '[::1]:6379'
            redis://h/one               | must be a number such as '0', was 'one'
            redis://h/-1                | must be a number such as '0', was '-1'
            redis://h/1/2               | goes on after the database
            redis://h/1?db=2            | names a database twice
            redis+sentinel://s/svc/1/2  | goes on after the database. Write 'redis+sentinel://s/service/0'
            redis+sentinel://s          | does not say which service of the sentinels
            redis+sentinel://s//1       | does not say which service of the sentinels
            redis+cluster://h/1         | A Redis Cluster has database 0 alone
            redis+cluster://h?db=7      | A Redis Cluster has database 0 alone
            redis+unix://h/run/sock     | names a host beside a unix socket
            redis+unix:                 | names no socket
            redis+unix:///s?tls=true    | no TLS over a unix socket
            rediss://h?tls=false        | rediss: is TLS. Use redis: for plain text
            redis://h?verify=ca         | 'verify' of 'redis://h?verify=ca' is about TLS, but this would be plain text
            redis://app@h               | has a user without a password
            redis://h?sentinel-user=a   | are for redis+sentinel: alone
            """)
    void refusesWhatCannotWork(String url, String message) {
        assertThatThrownBy(() -> of(url)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    @Test
    void refusalsHideThePassword() {
        assertThatThrownBy(() -> of("redis://app:s3cret@h:0/1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'h:0' in 'redis://app:***@h:0/1'");
    }
}
