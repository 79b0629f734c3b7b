package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.redis.RedisConfig.Read;
import io.larder.redis.RedisTls.Verify;
import io.larder.testkit.servers.Certificates;
import io.larder.url.CacheUrl;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisConfigTest {

    private static RedisConfig of(String url) {
        return RedisConfig.STANDARD.with(CacheUrl.parse(url));
    }

    @Test
    void urlWithoutParametersIsTheStandard() {
        assertThat(of("redis://h")).isEqualTo(RedisConfig.STANDARD);
    }

    @Test
    void urlSaysEverything() {
        RedisConfig config = of("redis+cluster://h?connect-timeout=3s&keep-alive=never&client-name=shop&connections=4"
                + "&reconnect-max=5s&verify=ca&key-password=s3cret&read=nearest&read-your-writes=false&wait-replicas=2"
                + "&max-value=1MiB&clock-skew=0s&lease=30s");

        assertThat(config)
                .isEqualTo(RedisConfig.STANDARD
                        .withLink(new RedisLink(
                                Duration.ofSeconds(3), EntryOptions.NEVER, "shop", 4, Duration.ofSeconds(5)))
                        .withTls(new RedisTls(null, null, null, "s3cret", Verify.CA))
                        .withRead(Read.NEAREST)
                        .withReadYourWrites(false)
                        .withWaitReplicas(2)
                        .withMaxValueBytes(1 << 20)
                        .withClockSkew(Duration.ZERO)
                        .withLease(Duration.ofSeconds(30)));
    }

    @Test
    void urlGoesOverWhatAProgramSets() {
        RedisConfig config = RedisConfig.STANDARD.withWaitReplicas(1).withLease(Duration.ofSeconds(3));

        assertThat(config.with(CacheUrl.parse("redis://h?wait-replicas=2"))).isEqualTo(config.withWaitReplicas(2));
    }

    @Test
    void keyPasswordIsNeverShown() {
        assertThat(of("rediss://h?key-password=s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void certificateNeedsItsKey() {
        try (Certificates certificates = Certificates.create()) {
            Path certificate = certificates.client().certificate();

            assertThatThrownBy(() -> of("rediss://h?cert=" + certificate))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("'cert' and 'key' belong together, but 'cert' was '" + certificate
                            + "' alone. Give both, or neither");
        }
    }

    @Test
    void filesThatAreNoCertificatesAreRefusedAtOnce() {
        try (Certificates certificates = Certificates.create()) {
            Path ca = certificates.ca();
            Path key = certificates.client().key();

            assertThatThrownBy(() -> of("rediss://h?ca=" + key).tls().check())
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("'ca' must be a file with certificates in PEM, was '" + key + "'");
            assertThatThrownBy(() ->
                            of("rediss://h?cert=" + ca + "&key=" + ca).tls().check())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("must be a certificate and its private key in PEM, the key in PKCS #8");
            of("rediss://h?ca=" + ca + "&cert=" + certificates.client().certificate() + "&key=" + key)
                    .tls()
                    .check();
        }
    }

    @Test
    void oneServerHasNoReplicasToRead() {
        assertThatThrownBy(() -> new RedisProvider().open(CacheUrl.parse("redis://h?read=replica"), null))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'read' of 'redis://h?read=replica' is 'replica', but one server has no replicas to read "
                        + "from. Use redis+replicas:, redis+sentinel: or redis+cluster:, or leave 'read' out");
    }
}
