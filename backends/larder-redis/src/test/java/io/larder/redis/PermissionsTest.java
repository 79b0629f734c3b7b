package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisReplicas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules that the README tells to give to Larder's user are enough for everything. */
@Timeout(180)
class PermissionsTest {

    private static RedisOptions ofTheReadme() throws Exception {
        Matcher line = Pattern.compile("(?m)^ACL SETUSER app on >secret (.*)$")
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(line.find()).isTrue();
        return RedisOptions.plain()
                .password("of-admin")
                .user("app", "secret", line.group(1).strip().split(" "));
    }

    @Test
    void areEnoughOnReplicas() throws Exception {
        try (RedisReplicas servers = RedisReplicas.start(ofTheReadme())) {
            useEverything(Urls.of(servers), "&timeout=10s&wait-replicas=1&read=replica");
        }
    }

    @Test
    void areEnoughOnACluster() throws Exception {
        try (RedisCluster servers = RedisCluster.start(ofTheReadme())) {
            useEverything(Urls.of(servers), "&timeout=10s&read=nearest");
        }
    }

    private static boolean isWritable(Cache<String, String> cache) {
        try {
            cache.put("1", "before");
            return true;
        } catch (BackendException notYet) {
            return false;
        }
    }

    private static void useEverything(String url, String more) {
        try (Larder larder =
                Larder.open(url.replace("://", "://app:secret@") + "?codec=string&on-error=throw" + more)) {
            Cache<String, String> cache =
                    larder.cache("names", String.class, String.class).build();
            Await.until("the replicas acknowledge", Duration.ofMinutes(1), () -> isWritable(cache));
            cache.putAll(Map.of("1", "Ada", "2", "Bob"), EntryOptions.tagged("team"));
            cache.put("3", "Cay");

            assertThat(cache.get("1")).isEqualTo("Ada");
            assertThat(cache.getAll(List.of("1", "2", "4"))).hasSize(2);
            assertThat(cache.get("4", id -> "Dan")).isEqualTo("Dan");
            assertThat(cache.entriesByTag("team").toList()).hasSize(2);
            assertThat(cache.invalidateTag("team")).isEqualTo(2);
            assertThat(cache.keys("*").toList()).containsExactlyInAnyOrder("3", "4");
            assertThat(cache.remove("3")).isTrue();
            assertThat(cache.removeMatching("?")).isEqualTo(1);
            cache.clear();
            assertThat(cache.stats().backend().address()).contains("app:***@");
        }
        try (Larder larder = Larder.open(url.replace("://", "://app:secret@") + "?on-error=throw" + more)) {
            Cache<String, Long> counts = larder.cache("counts", String.class, Long.class)
                    .codec(new DecimalCodec())
                    .build();
            assertThat(counts.counters().increment("home")).isEqualTo(1);
        }
    }
}
