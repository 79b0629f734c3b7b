package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.EveryCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that keep a connection and say nothing: every call ends by its timeout. */
class SilentServerFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String TIMEOUT = "did not answer within 200ms. Raise 'timeout', or look at the server's load";

    private static ServerSocket silent() throws IOException {
        // The system accepts; nobody ever reads.
        return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    private static String url(ServerSocket silent) {
        return "redis://127.0.0.1:" + silent.getLocalPort() + "?breaker=0&timeout=200ms";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://127.0.0.1:PORT?",
                "redis+replicas://127.0.0.1:PORT,localhost:PORT?read=replica&",
                "redis+sentinel://127.0.0.1:PORT/service?",
                "redis+cluster://127.0.0.1:PORT?"
            })
    void everyCallEndsByItsTimeoutWhereNobodyEverAnswers(String address) throws Exception {
        try (ServerSocket silent = silent();
                Larder larder = Larder.open(address.replace("PORT", String.valueOf(silent.getLocalPort()))
                        + "breaker=0&timeout=200ms&on-error=throw")) {
            EveryCall every = new EveryCall(Caches.numbers(larder));

            assertThat(every.reads()).allSatisfy((name, end) -> assertTimedOut(end));
            assertThat(every.others()).allSatisfy((name, end) -> assertTimedOut(end));
        }
    }

    @Test
    void readsAreMissesAndLoadersAreAskedWhereNobodyEverAnswers() throws Exception {
        try (ServerSocket silent = silent();
                Larder larder = Larder.open(url(silent))) {
            EveryCall every = new EveryCall(Caches.numbers(larder));

            assertMisses(every.reads());
            assertThat(every.others()).allSatisfy((name, end) -> assertTimedOut(end));
        }
    }

    @Test
    void afterTheConnectTimeoutCallsAreToldAtOnce() throws Exception {
        try (ServerSocket silent = silent();
                Larder larder = Larder.open(url(silent) + "&connect-timeout=300ms&reconnect-max=1m")) {
            Cache<String, String> cache = Caches.texts(larder);

            Await.until("the attempt to connect has failed", WAIT_MAX, () -> {
                try {
                    cache.put("a", "1");
                    return false;
                } catch (BackendException failure) {
                    return failure.getMessage().contains("did not let us in within 300ms")
                            && failure.getMessage().contains("127.0.0.1:" + silent.getLocalPort());
                }
            });
        }
    }

    @Test
    void everyCallEndsByItsTimeoutWhenAServerHangsInMidUseAndWorksAfterIt() throws Exception {
        try (RedisServer server = RedisServer.start();
                Larder larder = Larder.open(Urls.of(server) + "?breaker=0&timeout=200ms&on-error=throw")) {
            Cache<String, Long> cache = Caches.numbers(larder);
            awaitWorking(cache);
            EveryCall every = new EveryCall(cache);

            server.pause();
            try {
                assertThat(every.reads()).allSatisfy((name, end) -> assertTimedOut(end));
                assertThat(every.others()).allSatisfy((name, end) -> assertTimedOut(end));
            } finally {
                server.resume();
            }

            awaitWorking(cache);
        }
    }

    private static void awaitWorking(Cache<String, Long> cache) {
        Await.until("calls work", WAIT_MAX, () -> {
            cache.put("a", 7L);
            return cache.get("a") == 7L;
        });
    }

    private static void assertTimedOut(Object end) {
        assertThat(end).isInstanceOfSatisfying(BackendException.class, failure -> {
            assertThat(failure).hasMessageContaining(TIMEOUT).hasMessageContaining("://127.0.0.1:");
            assertThat(failure.isTransient()).isTrue();
        });
    }

    private static void assertMisses(Map<String, Object> reads) {
        assertThat(reads)
                .containsEntry("get", "null")
                .containsEntry("find", "null")
                .containsEntry("contains", "false")
                .containsEntry("getAll", "{}")
                .containsEntry("get with a loader", "2")
                .containsEntry("async get with a loader", "3")
                .containsEntry("async get", "null");
        assertThat(reads.get("getAll with a loader").toString()).contains("a=1", "b=2");
        assertThat(reads.get("async getAll with a loader").toString()).contains("a=1", "b=2");
    }
}
