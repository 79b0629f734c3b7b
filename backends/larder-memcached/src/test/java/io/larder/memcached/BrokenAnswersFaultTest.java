package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.EveryCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are cut, dripped, swallowed, replaced or another key's: an error or the right value, and the next call works. */
class BrokenAnswersFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String QUICKLY = "?reconnect-max=10ms&on-error=throw&timeout=";
    private static final int ANSWER_BYTES_MAX = 1_000;
    private static final int THREADS = 8;

    @AutoClose
    private static MemcachedServer server;

    private FaultyWire wire;
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start(Urls.SMALL);
    }

    @BeforeEach
    void lay() {
        server.ask("flush_all");
        wire = FaultyWire.to(server);
    }

    @AfterEach
    void close() {
        larder.close();
        wire.close();
    }

    private void open(String timeout) {
        larder = Larder.open("memcached://" + wire.address() + QUICKLY + timeout);
        cache = Caches.texts(larder);
        Await.until("the wire works", WAIT_MAX, () -> {
            cache.put("a", "a-1", EntryOptions.tagged("x"));
            cache.put("b", "b-1");
            return true;
        });
    }

    /** What is done while answers are broken; each returns something of its key, or nothing. */
    private enum Call {
        GET {
            @Override
            String make(Cache<String, String> cache) {
                return cache.get("a");
            }
        },
        PUT {
            @Override
            String make(Cache<String, String> cache) {
                cache.put("a", "a-2", EntryOptions.tagged("x"));
                return null;
            }
        },
        LOAD {
            @Override
            String make(Cache<String, String> cache) {
                return cache.get("c", key -> "c-1", EntryOptions.tagged("x"));
            }
        },
        GET_ALL {
            @Override
            String make(Cache<String, String> cache) {
                Map<String, String> found = cache.getAll(List.of("a", "b"));
                found.forEach((key, value) -> assertThat(value).startsWith(key));
                return null;
            }
        },
        INVALIDATE {
            @Override
            String make(Cache<String, String> cache) {
                cache.invalidateTag("x");
                return null;
            }
        },
        ENTRIES {
            @Override
            String make(Cache<String, String> cache) {
                cache.entries("*").forEach(entry -> assertThat(entry.value()).startsWith(entry.key()));
                return null;
            }
        };

        abstract String make(Cache<String, String> cache);
    }

    /** Makes the call and checks that it ends with what belongs to its key, or with an error that passes. */
    private void make(Call call) {
        try {
            assertThat(call.make(cache))
                    .satisfiesAnyOf(
                            value -> assertThat(value).isNull(),
                            value -> assertThat(value).startsWith(call == Call.LOAD ? "c-" : "a-"));
        } catch (BackendException broken) {
            assertThat(broken).hasMessageContaining(wire.address());
        }
    }

    private void awaitRight() {
        wire.heal();
        Await.until("calls are answered rightly", WAIT_MAX, () -> {
            cache.put("a", "a-1", EntryOptions.tagged("x"));
            cache.remove("c");
            assertThat(cache.get("b")).isEqualTo("b-1");
            return "a-1".equals(cache.get("a"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void answersThatAreCutAtAnyByte(Call call) {
        open("10s");
        AtomicBoolean isCut = new AtomicBoolean(true);

        // The last round is the one where the answers ended before the cut.
        for (int bytes = 0; isCut.get(); bytes++) {
            assertThat(bytes).as("bytes of an answer").isLessThan(ANSWER_BYTES_MAX);
            isCut.set(false);
            Fault cut = Fault.cutAfter(bytes);
            wire.answers((packet, out) -> {
                try {
                    cut.pass(packet, out);
                } catch (IOException ended) {
                    isCut.set(true);
                    throw ended;
                }
            });
            make(call);
            wire.answers(Fault.none());
            awaitRight();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersThatStallAfterSomeBytes(Call call) {
        open("50ms");

        // An announced length of which only a part comes is among them.
        for (int bytes = 0; bytes < 120; bytes += 10) {
            wire.answers(Fault.stallAfter(bytes));
            make(call);
            awaitRight();
        }
    }

    @Test
    void everyCallUnderstandsAnswersOfOneBytePerPacket() throws Exception {
        open("10s");
        Cache<String, Long> numbers = Caches.numbers(larder);
        EveryCall every = new EveryCall(numbers);
        wire.answers(Fault.bytePerPacket());
        wire.requests(Fault.bytePerPacket());

        assertThat(every.others()).noneSatisfy((name, end) -> assertThat(end).isInstanceOf(BackendException.class));
        assertThat(every.reads()).noneSatisfy((name, end) -> assertThat(end).isInstanceOf(BackendException.class));
        assertThat(cache.get("b")).isEqualTo("b-1");
        assertThat(cache.entriesByTag("x"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.value()).isEqualTo("a-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "HD\r\n",
                "HD\r\nHD\r\nHD\r\nHD\r\n",
                "EN\r\nEN\r\nEN\r\n",
                "NS\r\nEX\r\nNF\r\n",
                "END\r\n",
                "STORED\r\nDELETED\r\n",
                "VA 5\r\nhello\r\n",
                "VA 5 O1 c1\r\nhello\r\nMN\r\n",
                "VA 100 \r\nshort",
                "VA -1\r\n\r\n",
                "VA 2147483647\r\n",
                "VA 99999999999999999999\r\n",
                "VALUE a 0 5\r\nhello\r\nEND\r\n",
                "key=a exp=-1 la=1 cas=1 fetch=no cls=1 size=64\r\nEND\r\n",
                "ERROR\r\n",
                "SERVER_ERROR out of memory storing object\r\n",
                "CLIENT_ERROR bad data chunk\r\nERROR\r\n",
                "-ERR unknown command\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\u0000\u0001\u0002\u00ff\u00fe"
            })
    void answersThatAreSomethingElse(String garbage) {
        open("100ms");

        for (Call call : Call.values()) {
            wire.answers(Fault.replacedBy(garbage.getBytes(StandardCharsets.ISO_8859_1)));
            make(call);
            awaitRight();
        }
    }

    @Test
    void answersWithRandomBytes() {
        open("100ms");
        Random random = Seeds.random();

        for (int round = 0; round < 50; round++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            wire.answers(Fault.replacedBy(noise));
            make(Call.values()[random.nextInt(Call.values().length)]);
            awaitRight();
        }
    }

    @Test
    void answersToAnotherKeyAreNotTakenForOnes() {
        open("100ms");

        for (int answersBack = 1; answersBack <= 20; answersBack++) {
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            wire.answers((packet, out) -> {
                heard.write(packet);
                out.write(packet);
            });
            for (int i = 0; i < answersBack; i++) {
                assertThat(cache.get("a")).isEqualTo("a-1");
            }
            wire.answers(Fault.replacedBy(heard.toByteArray()));
            try {
                assertThat(cache.get("b")).isIn("b-1", null);
            } catch (BackendException broken) {
                assertThat(broken).hasMessageContaining(wire.address());
            }
            awaitRight();
        }
    }

    @Test
    void nobodyIsShownAnotherKeysValueWhileAnswersBreak() throws Exception {
        open("100ms");
        for (int i = 0; i < THREADS; i++) {
            cache.put("key-" + i, "key-" + i);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> reading = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String key = "key-" + i;
            reading.add(pool.submit(() -> {
                while (!isOver.get()) {
                    try {
                        assertThat(cache.get(key)).isEqualTo(key);
                        reads.incrementAndGet();
                    } catch (BackendException broken) {
                        assertThat(broken).hasMessageContaining(wire.address());
                    }
                }
            }));
        }

        Random random = Seeds.random();
        for (int round = 0; round < 30; round++) {
            int before = reads.get();
            Await.until("reads go on", WAIT_MAX, () -> reads.get() > before + THREADS);
            int bytes = random.nextInt(2_000);
            wire.answers(
                    switch (round % 3) {
                        case 0 -> Fault.cutAfter(bytes);
                        case 1 -> Fault.stallAfter(bytes);
                        default ->
                            (packet, out) -> {
                                // A part of an answer is gone, and what follows looks like answers.
                                int gone = Math.min(packet.length, 1 + bytes % 100);
                                out.write(packet, gone, packet.length - gone);
                            };
                    });
            int connections = wire.connections();
            Await.until("the connection was given up", WAIT_MAX, () -> wire.connections() > connections);
            wire.heal();
        }
        isOver.set(true);

        for (Future<?> each : reading) {
            each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        }
        pool.shutdownNow();
    }
}
