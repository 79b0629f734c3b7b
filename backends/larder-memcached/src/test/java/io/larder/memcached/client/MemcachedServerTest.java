package io.larder.memcached.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.memcached.client.MemcachedException.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MemcachedServerTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");
    private static final MetaFlags ALL = MetaFlags.of("vtcfslh");

    private static MemcachedProcess process;
    private static IoThreads threads;
    private static MemcachedServer server;

    @BeforeAll
    static void start() throws Exception {
        process = MemcachedProcess.tcp();
        threads = IoThreads.start("memcached-io", 1);
        server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads);
    }

    @AfterAll
    static void stop() {
        server.close();
        threads.close();
        process.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static MetaReply get(String key) throws Exception {
        return await(server.call(MetaRequest.get(bytes(key), ALL)));
    }

    private static MetaReply set(String key, String value, MetaFlags flags) throws Exception {
        return await(server.call(MetaRequest.set(bytes(key), bytes(value), flags)));
    }

    @Test
    void storesAndFinds() throws Exception {
        MetaReply stored = set("a", "one", MetaFlags.of("c").with('T', 100).with('F', 77));

        MetaReply found = get("a");

        assertThat(stored.status()).isEqualTo(ReplyStatus.HD);
        assertThat(found.value()).isEqualTo(bytes("one"));
        assertThat(found.cas()).isEqualTo(stored.cas()).isPositive();
        assertThat(found.ttlSeconds()).isBetween(98L, 100L);
        assertThat(found.clientFlags()).isEqualTo(77);
        assertThat(found.sizeBytes()).isEqualTo(3);
        assertThat(get("none").status()).isEqualTo(ReplyStatus.EN);
        assertThat(await(server.call(MetaRequest.delete(bytes("a"), MetaFlags.NONE)))
                        .done())
                .isTrue();
        assertThat(get("a").status()).isEqualTo(ReplyStatus.EN);
    }

    @Test
    void takesKeysOfAnyBytes() throws Exception {
        byte[] odd = {0, ' ', '\r', '\n', (byte) 0xff, '%', '+', '/'};
        byte[] longest = "x".repeat(250).getBytes(UTF_8);
        byte[] longestOdd = " ".repeat(186).getBytes(UTF_8);
        for (byte[] key : List.of(odd, longest, longestOdd, bytes("ключ"))) {
            await(server.call(MetaRequest.set(key, key, MetaFlags.of("k"))));

            MetaReply found = await(server.call(MetaRequest.get(key, MetaFlags.of("vk"))));

            assertThat(found.value()).isEqualTo(key);
            assertThat(await(server.call(MetaRequest.debug(key))).details()).containsKey("size");
        }
        assertThatThrownBy(() -> MetaRequest.get(" ".repeat(187).getBytes(UTF_8), VALUE))
                .hasMessage("key must be 1 to 250 bytes long as it is sent, was 252 in base64");
        assertThatThrownBy(() -> MetaRequest.get(new byte[251], VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MetaRequest.get(new byte[0], VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsUnsigned() throws Exception {
        MetaFlags create = MetaFlags.of("v").with('N', 0).with('J', 10);

        assertThat(await(server.call(MetaRequest.arithmetic(bytes("n"), create)))
                        .value())
                .isEqualTo(bytes("10"));
        assertThat(await(server.call(MetaRequest.arithmetic(bytes("n"), create.with('D', -11L))))
                        .value())
                .isEqualTo(bytes("18446744073709551615"));
        assertThat(await(server.call(MetaRequest.arithmetic(bytes("none"), MetaFlags.NONE)))
                        .status())
                .isEqualTo(ReplyStatus.NF);
    }

    @Test
    void leasesAreWonOnceAndStaleSetsRefused() throws Exception {
        MetaFlags vivify = MetaFlags.of("vc").with('N', 30);
        MetaReply first = await(server.call(MetaRequest.get(bytes("lease"), vivify)));
        MetaReply second = await(server.call(MetaRequest.get(bytes("lease"), vivify)));

        assertThat(first.won()).isTrue();
        assertThat(second.lost()).isTrue();

        MetaReply stored = set("lease", "v", MetaFlags.of("c").with('C', first.cas()));
        assertThat(stored.done()).isTrue();
        assertThat(set("lease", "w", MetaFlags.NONE.with('C', first.cas())).status())
                .isEqualTo(ReplyStatus.EX);

        await(server.call(MetaRequest.delete(bytes("lease"), MetaFlags.of("I").with('T', 30))));
        MetaReply stale = get("lease");
        assertThat(stale.stale() && stale.won()).isTrue();
        assertThat(get("lease").lost()).isTrue();
        assertThat(set("other", "w", MetaFlags.NONE.with('C', 5)).status()).isEqualTo(ReplyStatus.NF);
        assertThat(set("lease", "w", MetaFlags.NONE.with('M', "E")).status()).isEqualTo(ReplyStatus.NS);
    }

    @Test
    void quietBatchesTellWhatHappenedToEach() throws Exception {
        List<MetaRequest> sets = new ArrayList<>();
        List<MetaRequest> gets = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            if (i % 3 == 0) {
                sets.add(MetaRequest.set(bytes("q" + i), bytes("value" + i), MetaFlags.NONE));
            }
            gets.add(MetaRequest.get(bytes("q" + i), VALUE));
        }

        for (CompletableFuture<MetaReply> each : server.callQuietly(sets)) {
            assertThat(await(each).done()).isTrue();
        }
        List<CompletableFuture<MetaReply>> found = server.callQuietly(gets);

        for (int i = 0; i < found.size(); i++) {
            assertThat(await(found.get(i)).value()).isEqualTo(i % 3 == 0 ? bytes("value" + i) : null);
        }
        assertThatThrownBy(() -> server.callQuietly(List.of(MetaRequest.noop())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quietErrorsFailTheSilentAndNoOtherCall() throws Exception {
        set("text", "abc", MetaFlags.NONE);
        List<CompletableFuture<MetaReply>> counts = server.callQuietly(
                List.of(MetaRequest.get(bytes("text"), VALUE), MetaRequest.arithmetic(bytes("text"), MetaFlags.NONE)));

        CompletableFuture<MetaReply> next = server.call(MetaRequest.noop());

        assertThat(await(counts.get(0)).value()).isEqualTo(bytes("abc"));
        assertThatThrownBy(() -> await(counts.get(1))).hasMessageContaining("non-numeric value");
        assertThat(await(next).status()).isEqualTo(ReplyStatus.MN);
    }

    @Test
    void tooLargeAValueFailsAloneAndClearly() throws Exception {
        List<CompletableFuture<MetaReply>> three = server.callAll(List.of(
                MetaRequest.set(bytes("big1"), bytes("a"), MetaFlags.NONE),
                MetaRequest.set(bytes("big2"), new byte[2 << 20], MetaFlags.NONE),
                MetaRequest.set(bytes("big3"), new byte[1000 << 10], MetaFlags.NONE)));

        assertThat(await(three.get(0)).done()).isTrue();
        assertThatThrownBy(() -> await(three.get(1)))
                .cause()
                .isInstanceOfSatisfying(ServerErrorException.class, error -> {
                    assertThat(error.tooLarge()).isTrue();
                    assertThat(error.fate()).isEqualTo(Fate.NOT_DONE);
                })
                .hasMessage("'ms' of key 'big2' on " + process.address()
                        + " failed: the server answered 'SERVER_ERROR object too large for cache'");
        assertThat(await(three.get(2)).done()).isTrue();
        assertThat(await(server.call(MetaRequest.get(bytes("big3"), VALUE))).value())
                .hasSize(1000 << 10);
    }

    @Test
    void refusedFlagOfAStoreGivesUpTheConnectionOnly() throws Exception {
        CompletableFuture<MetaReply> refused =
                server.call(MetaRequest.set(bytes("e"), bytes("v"), MetaFlags.NONE.with('E', 5)));

        assertThatThrownBy(() -> await(refused)).hasMessageContaining("CLIENT_ERROR invalid flag");
        assertThat(await(server.call(MetaRequest.noop())).status()).isEqualTo(ReplyStatus.MN);
    }

    @Test
    void manyThreadsGetTheirOwnValues() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String name = "caller" + i + ".";
                answers.add(callers.submit(() -> {
                    List<String> wrong = new ArrayList<>();
                    for (int j = 0; j < 500; j++) {
                        set(name + j, name + " " + j, MetaFlags.NONE);
                        String found = new String(get(name + j).value(), UTF_8);
                        if (!found.equals(name + " " + j)) {
                            wrong.add(name + j + ": " + found);
                        }
                    }
                    return wrong;
                }));
            }
            for (Future<List<String>> each : answers) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isEmpty();
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void listsKeysDecoded() throws Exception {
        byte[] odd = bytes("list: é%\n");
        await(server.call(MetaRequest.set(odd, bytes("1"), MetaFlags.NONE.with('T', 100))));
        set("list2", "2", MetaFlags.NONE);
        Map<String, ListedItem> items = new HashMap<>();

        long count = await(server.list(item -> {
            items.put(item.toString(), item);
            return true;
        }));

        assertThat(count).isEqualTo(items.size());
        assertThat(items.get("list: é%\n").key()).isEqualTo(odd);
        assertThat(items.get("list: é%\n").expiresAtSeconds()).isGreaterThan(1_600_000_000L);
        assertThat(items.get("list2").expiresAtSeconds()).isEqualTo(-1);
        assertThat(await(server.list(item -> false))).isEqualTo(1);
    }

    @Test
    void tellsVersionAndStatistics() throws Exception {
        assertThat(await(server.version())).startsWith("1.");
        assertThat(await(server.stats())).containsKey("curr_items");
        assertThat(await(server.stats("settings"))).containsKey("item_size_max");
        assertThatThrownBy(() -> server.stats("reset")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(server.stats("nonsense")))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("'stats nonsense' on " + process.address() + " failed");
    }
}
