package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that do not tell what changes: the caches are told so, and that nothing is covered. */
@Timeout(60)
class TrackingRefusalTest {

    private static RedisServer withoutPermission() {
        return RedisServer.start(
                RedisOptions.plain().password("of-admin").user("app", "secret", "~*", "+@all", "-client|tracking"));
    }

    private static String url(RedisServer server) {
        return "redis://app:secret@" + server.address();
    }

    private static String refusal(Watcher watcher) {
        watcher.awaitRefused();
        assertThat(watcher.coversAll()).isFalse();
        assertThat(watcher.told()).hasSize(1);
        return watcher.told().get(0);
    }

    @Test
    void permissionThatLacksIsTold() {
        try (RedisServer server = withoutPermission();
                Watcher watcher = Watcher.begin(url(server))) {
            assertThat(refusal(watcher))
                    .startsWith("refused: Cannot follow what changes by CLIENT TRACKING: ")
                    .contains(server.address())
                    .contains("does not permit the user what Larder needs ('NOPERM")
                    .contains("Near tiers keep copies for their 'near-ttl' instead")
                    .doesNotContain("secret");
            assertThat(watcher.watch().isOptional()).isTrue();

            // A cache that comes later is told the same.
            try (Watcher second = watcher.second("others")) {
                assertThat(refusal(second)).isEqualTo(refusal(watcher));
            }
        }
    }

    @Test
    void whoInsistsIsToldThatNearTiersAreNotUsed() {
        try (RedisServer server = withoutPermission();
                Watcher watcher = Watcher.begin(url(server) + "?coherence=tracking")) {
            assertThat(refusal(watcher)).contains("Near tiers are not used");
            assertThat(watcher.watch().isOptional()).isFalse();
        }
    }

    @Test
    void serverWithoutTheNewerProtocolIsTold() {
        try (RedisServer server = RedisServer.start(RedisOptions.plain().set("rename-command", "HELLO", ""));
                Watcher watcher = Watcher.begin(Urls.of(server))) {
            assertThat(refusal(watcher)).contains("does not know a command").contains("HELLO");
        }
    }

    @Test
    void serverWithoutTheCommandIsTold() {
        try (RedisServer server = RedisServer.start(RedisOptions.plain().set("rename-command", "CLIENT", ""));
                Watcher watcher = Watcher.begin(Urls.of(server))) {
            assertThat(refusal(watcher)).contains("does not know a command").contains("CLIENT");
        }
    }
}
