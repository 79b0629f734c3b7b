package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.runner.notification.Failure;

/**
 * The TCK on Redis, its values written by Java's serialization, in a minute and by hand:
 * {@code mvn -pl integrations/larder-jcache -am test -Dtest=TckOnRedis -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class TckOnRedis {

    private static final String SHARED = "objects shared with callers";
    private static final String KEYS = "keys of the application's own classes, without a codec";

    @Test
    void failsOnlyWhatCannotBeDoneWithBytes() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            Tck.Outcome outcome =
                    Tck.CACHES.on("redis://" + server.address() + "?timeout=20s&codec=java(allow=java.**;domain.*)");

            assertThat(outcome.run()).isEqualTo(481);
            assertThat(differences(outcome.failures())).isEqualTo(Map.of(SHARED, 11L, KEYS, 14L));
        }
    }

    private static Map<String, Long> differences(List<Failure> failures) {
        return failures.stream().collect(Collectors.groupingBy(TckOnRedis::difference, Collectors.counting()));
    }

    private static String difference(Failure failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("cannot share objects with callers")
                ? SHARED
                : message.startsWith("Cannot write keys of type") ? KEYS : failure.toString();
    }
}
