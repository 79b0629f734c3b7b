package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that is lost again and again, whose keys go to the others each time. */
class RehashFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final List<String> KEYS =
            IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList();

    private static boolean isPut(Cache<String, String> cache, String value) {
        KEYS.forEach(key -> cache.put(key, value));
        return true;
    }

    @Test
    void whatTheOthersTookOverIsNotShownWhenTheServerIsLostAgain() {
        try (MemcachedGroup group = MemcachedGroup.start(3, Urls.SMALL);
                Larder larder = Larder.open(
                        Urls.of(group.servers()) + "?timeout=10s&reconnect-max=20ms&on-dead=rehash&on-error=throw")) {
            Cache<String, String> cache = Caches.texts(larder);
            MemcachedServer victim = group.servers().get(1);
            isPut(cache, "1");
            victim.kill();
            Await.until("the others take over", WAIT_MAX, () -> isPut(cache, "2"));
            victim.restart();
            Await.until(
                    "it is used again",
                    WAIT_MAX,
                    () -> isPut(cache, "3") && !Objects.equals(victim.stat("cmd_set"), "0"));
            isPut(cache, "3");

            victim.kill();

            for (String key : KEYS) {
                Await.until("the others take over", WAIT_MAX, () -> isReadAs(cache, key, "3"));
            }
        }
    }

    /** Returns whether it is read; what is read is {@code value} or nothing. */
    private static boolean isReadAs(Cache<String, String> cache, String key, String value) {
        String found;
        try {
            found = cache.get(key);
        } catch (BackendException lost) {
            return false;
        }
        assertThat(found).isIn(value, null);
        return true;
    }
}
