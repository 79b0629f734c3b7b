package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.EveryCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers that keep a connection and say nothing: every call ends by its timeout. */
class SilentServerFaultTest {

    /** So many that each of three servers has some. */
    private static final int KEYS = 60;

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String QUICKLY = "?breaker=0&timeout=200ms&reconnect-max=20ms&connect-timeout=1h";

    private static ServerSocket silent() throws IOException {
        // The system accepts; nobody ever reads.
        return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    private static String url(ServerSocket silent) {
        return "memcached://127.0.0.1:" + silent.getLocalPort() + QUICKLY;
    }

    @Test
    void everyCallEndsByItsTimeoutWhereNobodyEverAnswers() throws Exception {
        try (ServerSocket silent = silent();
                Larder larder = Larder.open(url(silent) + "&on-error=throw")) {
            assertAllTimeOut(new EveryCall(Caches.numbers(larder)));
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
    void everyCallEndsByItsTimeoutWhenAServerIsStoppedAndWorksAfterIt() throws Exception {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL);
                Larder larder = Larder.open(Urls.of(server) + QUICKLY + "&on-error=throw")) {
            Cache<String, Long> cache = Caches.numbers(larder);
            awaitWorks(cache);

            server.pause();
            try {
                assertAllTimeOut(new EveryCall(cache));
            } finally {
                server.resume();
            }

            awaitWorks(cache);
        }
    }

    @Test
    void aConnectionThatLeadsNowhereIsGivenUpForAnother() throws Exception {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL);
                FaultyWire wire = FaultyWire.to(server);
                Larder larder = Larder.open("memcached://" + wire.address() + QUICKLY + "&on-error=throw")) {
            Cache<String, Long> cache = Caches.numbers(larder);
            awaitWorks(cache);
            int connections = wire.connections();

            wire.requests(Fault.stallAfter(0));
            assertAllTimeOut(new EveryCall(cache));
            wire.heal();

            awaitWorks(cache);
            assertThat(wire.connections()).isGreaterThan(connections);
        }
    }

    @Test
    void theKeysOfTheOtherServersAreReadWhileOneIsStopped() {
        try (MemcachedGroup group = MemcachedGroup.start(3, Urls.SMALL);
                Larder larder = Larder.open(Urls.of(group.servers()) + "?timeout=1s&on-error=throw")) {
            Cache<String, Long> cache = Caches.numbers(larder);
            for (long i = 0; i < KEYS; i++) {
                cache.put("key-" + i, i);
            }

            group.servers().get(1).pause();
            try {
                long read = 0;
                for (long i = 0; i < KEYS; i++) {
                    try {
                        assertThat(cache.get("key-" + i)).isEqualTo(i);
                        read++;
                    } catch (BackendException silent) {
                        assertThat(silent.getMessage()).doesNotContain("key-");
                        assertThat(silent)
                                .hasMessageContaining(
                                        "127.0.0.1:" + group.servers().get(1).port());
                    }
                }
                assertThat(read).isBetween(1L, KEYS - 1L);
            } finally {
                group.servers().get(1).resume();
            }
        }
    }

    private static void awaitWorks(Cache<String, Long> cache) {
        Await.until("calls work", WAIT_MAX, () -> {
            cache.put("back", 7L);
            return cache.get("back") == 7L;
        });
    }

    private static void assertAllTimeOut(EveryCall every) throws Exception {
        assertThat(every.reads()).allSatisfy((name, end) -> assertTimedOut(end));
        assertThat(every.others()).allSatisfy((name, end) -> assertTimedOut(end));
    }

    private static void assertTimedOut(Object end) {
        assertThat(end)
                .isInstanceOfSatisfying(
                        BackendException.class,
                        failure -> assertThat(failure.isTransient())
                                .as(failure.getMessage())
                                .isTrue());
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
