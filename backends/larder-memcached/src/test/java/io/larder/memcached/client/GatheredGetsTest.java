package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheredGetsTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");
    private static final MetaRequest MARKER = get("m");
    private static final int CALLS_MAX = 400;

    private final List<Call> asked = new ArrayList<>();
    private final EmbeddedPipeline wire = new EmbeddedPipeline(
            7, ClientSettings.DEFAULT.withLimits(CALLS_MAX, 1 << 20, 1 << 20, 1), System::nanoTime);

    private static MetaRequest get(String key) {
        return MetaRequest.get(bytes(key), VALUE);
    }

    private CompletableFuture<List<MetaReply>> ask(MetaRequest... own) {
        OrderedCall call = OrderedCall.of(List.of(own), List.of(MARKER), "server");
        asked.add(call);
        return call.future;
    }

    /** Sends what was asked for at the same time, and returns what was written. */
    private String written() {
        wire.pipeline.sendAll(asked);
        asked.clear();
        return wire.written();
    }

    private static byte[] value(CompletableFuture<List<MetaReply>> future) {
        return future.join().get(0).value();
    }

    @Test
    void callersThatComeTogetherAskOnOneLine() {
        var first = ask(get("a"));
        var second = ask(get("b"));
        var third = ask(get("c"));

        assertThat(written()).isEqualTo("get a b c m\r\n");
        wire.receive("VALUE b 0 2\r\nyy\r\n");
        assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
        wire.receive("VALUE m 0 1\r\nm\r\nEND\r\n");

        assertThat(second.join()).extracting(MetaReply::value).containsExactly(bytes("yy"), bytes("m"));
        assertThat(second.join()).extracting(MetaReply::incarnation).containsOnly(7L);
        for (var missed : List.of(first, third)) {
            assertThat(missed.join()).extracting(MetaReply::status).containsExactly(ReplyStatus.EN, ReplyStatus.VA);
        }
    }

    @Test
    void whoAsksForTheSameKeyGetsAValueOfItsOwn() {
        var first = ask(get("a"));
        var other = ask(get("b"));
        var second = ask(get("a"));

        assertThat(written()).isEqualTo("get a b m\r\n");
        wire.receive("VALUE a 0 1\r\nx\r\nVALUE b 0 1\r\ny\r\nEND\r\n");

        value(first)[0] = 'z';
        assertThat(value(second)).isEqualTo(bytes("x"));
        assertThat(value(other)).isEqualTo(bytes("y"));
    }

    @Test
    void callsForSeveralKeysStandOnTheLineToo() {
        var one = ask(get("a"));
        var several = ask(get("b"), get("a"), get("c"));
        var others = ask(get("c"), get("c"), get("d"));

        assertThat(written()).isEqualTo("get a b c d m\r\n");
        wire.receive("VALUE a 0 1\r\n1\r\nVALUE c 0 1\r\n3\r\nVALUE m 0 1\r\nm\r\nEND\r\n");

        assertThat(one.join()).extracting(MetaReply::value).containsExactly(bytes("1"), bytes("m"));
        assertThat(several.join())
                .extracting(MetaReply::value)
                .containsExactly(null, bytes("1"), bytes("3"), bytes("m"));
        assertThat(others.join())
                .extracting(MetaReply::value)
                .containsExactly(bytes("3"), bytes("3"), null, bytes("m"));
        others.join().get(0).value()[0] = 'z';
        assertThat(others.join().get(1).value()).isEqualTo(bytes("3"));
        assertThat(several.join().get(2).value()).isEqualTo(bytes("3"));
    }

    @Test
    void aCallForSeveralKeysIsAskedAnewAsAWholeWhenItsLineIsRefused() {
        var several = ask(get("a"), get("b"));
        var one = ask(get("b"));
        assertThat(written()).isEqualTo("get a b m\r\n");

        wire.receive("VALUE a 0 3\r\nold\r\nSERVER_ERROR out of memory writing get response\r\n");

        assertThat(written()).isEqualTo("get a b\r\nmg b v O0\r\nmg m v O1\r\nmg m v O2\r\n");
        wire.receive("VALUE a 0 3\r\nnew\r\nSERVER_ERROR out of memory\r\nVA 1 O0\r\nb\r\nEN O1\r\n");
        assertThat(List.of(several, one)).noneMatch(CompletableFuture::isDone);
        wire.receive("EN O2\r\n");
        assertThat(several.join())
                .extracting(MetaReply::status)
                .containsExactly(ReplyStatus.VA, ReplyStatus.REFUSED, ReplyStatus.EN);
        assertThat(value(several)).isEqualTo(bytes("new"));
        assertThat(value(one)).isEqualTo(bytes("b"));
    }

    @Test
    void aCallThatDoesNotFitOnTheLineBeginsAnother() {
        var one = ask(get("a"));
        MetaRequest[] many = IntStream.range(0, ClassicGets.KEYS_PER_LINE)
                .mapToObj(i -> get("k" + i))
                .toArray(MetaRequest[]::new);
        var most = ask(many);

        String[] lines = written().split("\r\n");

        assertThat(lines).hasSize(2);
        assertThat(lines[0]).isEqualTo("mg a v O0");
        assertThat(lines[1]).startsWith("get k0 k1 ").endsWith(" k99 m");
        wire.receive("EN O0\r\nVALUE k99 0 1\r\nx\r\nEND\r\n");
        assertThat(value(one)).isNull();
        assertThat(most.join().get(99).value()).isEqualTo(bytes("x"));
    }

    @Test
    void whatTheyShareStandsBehindThemWhateverTheyAskedFor() {
        var alone = ask(get("m"));

        assertThat(written()).isEqualTo("get m m\r\n");
        wire.receive("VALUE m 0 3\r\nold\r\nVALUE m 0 3\r\nnew\r\nEND\r\n");
        assertThat(alone.join()).extracting(MetaReply::value).containsExactly(bytes("old"), bytes("new"));

        MetaRequest withCas = MetaRequest.get(bytes("m"), MetaFlags.of("vc"));
        OrderedCall both = OrderedCall.of(List.of(get("a")), List.of(MARKER, withCas), "server");
        asked.add(both);
        assertThat(written()).isEqualTo("get a m\r\nmg m v c O0\r\n");
        wire.receive("END\r\n");
        assertThat(both.future).isNotDone();
        wire.receive("VA 1 c7 O0\r\nx\r\n");
        assertThat(both.future.join())
                .extracting(MetaReply::status)
                .containsExactly(ReplyStatus.EN, ReplyStatus.EN, ReplyStatus.VA);
    }

    @Test
    void whatAsksForMoreKeepsItsPlaceBetweenThem() {
        var before = ask(get("a"));
        var store = ask(MetaRequest.set(bytes("a"), bytes("x"), MetaFlags.NONE));
        var after = ask(get("a"));
        var withBlank = ask(get("a b"));
        var withCas = ask(MetaRequest.get(bytes("a"), MetaFlags.of("vc")));
        var several = ask(get("c"), get("d"));

        assertThat(written())
                .startsWith(
                        "mg a v O0\r\nms a 1 O1\r\nx\r\nmg a v O2\r\nmg YSBi b v O3\r\nmg a v c O4\r\nget c d m\r\n");
        wire.receive("EN O0\r\nHD O1\r\nVA 1 O2\r\nx\r\nEN O3\r\nVA 1 c9 O4\r\nx\r\nEND\r\n");
        assertThat(value(before)).isNull();
        assertThat(value(after)).isEqualTo(bytes("x"));
        assertThat(List.of(store, withBlank, withCas, several))
                .allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void linesHaveAnEnd() {
        List<CompletableFuture<List<MetaReply>>> all = IntStream.rangeClosed(0, ClassicGets.KEYS_PER_LINE)
                .mapToObj(i -> ask(get("k" + i)))
                .toList();

        assertThat(written().split("\r\n")).hasSize(2).endsWith("get k100 m");
        wire.receive("VALUE k99 0 1\r\nx\r\nEND\r\nVALUE k100 0 1\r\ny\r\nEND\r\n");
        assertThat(all).allSatisfy(each -> assertThat(each).isCompleted());
        assertThat(value(all.get(98))).isNull();
        assertThat(value(all.get(99))).isEqualTo(bytes("x"));
        assertThat(value(all.get(100))).isEqualTo(bytes("y"));
    }

    @Test
    void nobodyFailsForAnothersKeyWhenALineIsRefused() {
        var first = ask(get("a"));
        var second = ask(get("b"));
        var third = ask(get("c"));
        written();

        wire.receive("VALUE a 0 1\r\nx\r\nSERVER_ERROR out of memory writing get response\r\n");

        assertThat(written()).isEqualTo("mg b v O0\r\nmg c v O1\r\nmg m v O2\r\nmg m v O3\r\n");
        wire.receive("SERVER_ERROR out of memory\r\nVA 1 O1\r\ny\r\nVA 3 O2\r\nold\r\n");
        assertThat(first.join()).extracting(MetaReply::value).containsExactly(bytes("x"), bytes("old"));
        assertThat(List.of(second, third)).noneMatch(CompletableFuture::isDone);
        wire.receive("VA 3 O3\r\nnew\r\n");
        assertThat(second.join().get(0).status()).isEqualTo(ReplyStatus.REFUSED);
        assertThat(third.join()).extracting(MetaReply::value).containsExactly(bytes("y"), bytes("new"));
    }

    @Test
    void whatTheySharedIsReadAgainBehindThoseWhoseLineWasRefused() {
        List<CompletableFuture<List<MetaReply>>> all = IntStream.rangeClosed(0, ClassicGets.KEYS_PER_LINE)
                .mapToObj(i -> ask(get("k" + i)))
                .toList();
        written();

        wire.receive("SERVER_ERROR out of memory\r\nVALUE k100 0 1\r\ny\r\nVALUE m 0 3\r\nold\r\nEND\r\n");

        assertThat(all.get(100).join()).extracting(MetaReply::value).containsExactly(bytes("y"), bytes("old"));
        assertThat(all.subList(0, 100)).noneMatch(CompletableFuture::isDone);
        assertThat(written()).startsWith("mg k0 v O0\r\nmg k1 v O1\r\n").endsWith("mg m v O100\r\n");
        IntStream.range(0, 100).forEach(i -> wire.receive("VA 1 O" + i + "\r\nx\r\n"));
        wire.receive("VA 3 O100\r\nnew\r\n");
        assertThat(all.get(0).join()).extracting(MetaReply::value).containsExactly(bytes("x"), bytes("new"));
    }

    @Test
    void whoAsksOnlyForWhatIsSharedIsAnsweredFromTheLine() {
        var sharedOnly = ask();
        var get = ask(get("a"));
        assertThat(written()).isEqualTo("get a m\r\n");
        wire.receive("VALUE m 0 1\r\nx\r\nEND\r\n");
        assertThat(get).isCompleted();
        assertThat(value(sharedOnly)).isEqualTo(bytes("x"));

        var sharedAgain = ask();
        var refused = ask(get("a"));
        written();
        wire.receive("SERVER_ERROR busy\r\n");
        assertThat(written()).isEqualTo("mg a v O0\r\nmg m v O1\r\nmg m v O2\r\n");
        wire.receive("EN O0\r\nVA 1 O1\r\nx\r\n");
        assertThat(value(sharedAgain)).isEqualTo(bytes("x"));
        assertThat(refused).isNotDone();
        wire.receive("EN O2\r\n");
        assertThat(refused).isCompleted();
    }

    @Test
    void placesAreFreeAgainWhereThereIsNoMemoryToAskAnew() {
        ScarceBuffers buffers = new ScarceBuffers();
        wire.channel.config().setAllocator(buffers);
        for (int round = 0; round < CALLS_MAX; round++) {
            var answered = ask(get("a"));
            var again = ask(get("b"));
            assertThat(written()).as("round " + round).isEqualTo("get a b m\r\n");
            buffers.left = 0;

            wire.receive("VALUE a 0 1\r\nx\r\nSERVER_ERROR out of memory writing get response\r\n");

            assertThat(wire.written()).isEmpty();
            buffers.left = Integer.MAX_VALUE;
            assertThat(answered).isCompletedExceptionally();
            assertThat(again).isCompletedExceptionally();
        }
        assertThat(wire.pipeline.isOpen()).isTrue();
    }

    @Test
    void placesAreFreeAgainWhereOnlySomeOfALineCouldBeAskedAnew() {
        EmbeddedPipeline large = new EmbeddedPipeline(
                7, ClientSettings.DEFAULT.withLimits(2_000, 1 << 24, 1 << 20, 2), System::nanoTime);
        ScarceBuffers buffers = new ScarceBuffers();
        large.channel.config().setAllocator(buffers);
        List<MetaRequest> longKeys = IntStream.range(0, ClassicGets.KEYS_PER_LINE / 2)
                .mapToObj(i -> get("k".repeat(240) + i))
                .toList();
        for (int round = 0; round < 5; round++) {
            List<OrderedCall> calls = IntStream.range(0, 24)
                    .mapToObj(i -> OrderedCall.of(longKeys, List.of(MARKER), "server"))
                    .toList();
            large.pipeline.sendAll(calls);
            assertThat(large.written().split("\r\n")).hasSize(1);
            buffers.left = 1;

            large.receive("SERVER_ERROR out of memory\r\n");

            List<String> again = large.written().lines().toList();
            buffers.left = Integer.MAX_VALUE;
            int written = again.size() - 1;
            assertThat(again.get(written)).as("what they share").startsWith("mg m v O");
            assertThat(written).isBetween(1, 23);
            large.receive("END\r\n".repeat(written) + "EN" + again.get(written).substring(6) + "\r\n");
            assertThat(calls)
                    .as("all wait for what they shared before")
                    .allSatisfy(call -> assertThat(call.future).isCompletedExceptionally());
        }
    }

    @Test
    void whoIsAnsweredFirstMayChangeItsValueAtOnce() {
        var first = OrderedCall.of(List.of(get("a")), List.of(), "server");
        var second = OrderedCall.of(List.of(get("a")), List.of(), "server");
        List<byte[]> seen = new ArrayList<>();
        for (OrderedCall call : List.of(first, second)) {
            var unused = call.future.thenAccept(replies -> {
                seen.add(replies.get(0).value().clone());
                replies.get(0).value()[0] = 'z';
            });
        }
        asked.addAll(List.of(first, second));
        assertThat(written()).isEqualTo("get a\r\n");

        wire.receive("VALUE a 0 1\r\nx\r\nEND\r\n");

        assertThat(seen).containsExactly(bytes("x"), bytes("x"));
    }

    @Test
    void placesAreFreeAgainHoweverItEnds() {
        for (int round = 0; round < CALLS_MAX; round++) {
            var first = ask(get("a"));
            var second = ask(get("b"));
            int opaque = 4 * round;
            assertThat(written()).isEqualTo("get a b m\r\n");
            wire.receive("SERVER_ERROR busy\r\n");
            assertThat(written()).startsWith("mg a v O" + opaque + "\r\n");
            wire.receive(
                    "EN O%d\r\nEN O%d\r\nEN O%d\r\nEN O%d\r\n".formatted(opaque, opaque + 1, opaque + 2, opaque + 3));

            assertThat(first).isCompleted();
            assertThat(second).isCompleted();
        }
    }

    @Test
    void whoGaveUpIsNotAskedFor() {
        var first = ask(get("a"));
        var second = ask(get("b"));
        var third = ask(get("c"));
        first.cancel(false);

        assertThat(written()).isEqualTo("get b c m\r\n");
        second.cancel(false);
        wire.receive("VALUE b 0 1\r\nx\r\nVALUE c 0 1\r\ny\r\nEND\r\n");
        assertThat(value(third)).isEqualTo(bytes("y"));
    }

    @Test
    void allFailWhenTheConnectionEnds() {
        var first = ask(get("a"));
        var second = ask(get("b"));
        written();
        wire.receive("VALUE a 0 1\r\nx\r\n");

        var unused = wire.channel.close();

        for (var each : List.of(first, second)) {
            assertThatThrownBy(each::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            ConnectionLostException.class,
                            failure -> assertThat(failure.fate()).isEqualTo(MemcachedException.Fate.UNKNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUE other 0 1\r\nx\r\n",
                "VALUE b 0 1\r\nx\r\nVALUE a 0 1\r\nx\r\n",
                "VALUE b 0 1\r\nx\r\nVALUE b 0 1\r\nx\r\n",
                "VA 1 O0\r\nx\r\n",
                "VA 1 kb\r\nx\r\nMN\r\n",
                "EN\r\n",
                "HD\r\n"
            })
    void anythingElsePoisonsTheConnection(String text) {
        var first = ask(get("a"));
        var second = ask(get("b"));
        written();

        wire.receive(text);

        for (var each : List.of(first, second)) {
            assertThatThrownBy(each::join).cause().isInstanceOf(PoisonedConnectionException.class);
        }
        assertThat(wire.pipeline.isOpen()).isFalse();
    }

    @Test
    void aRealServerAnswersEachItsOwn() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                IoThreads threads = IoThreads.start("memcached-io", 1);
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            for (int i = 0; i < 500; i += 3) {
                await(server.call(MetaRequest.set(bytes("k" + i), bytes("v" + i), MetaFlags.NONE)));
            }

            List<CompletableFuture<List<MetaReply>>> all = IntStream.range(0, 2_000)
                    .mapToObj(i -> server.ordered(List.of(get("k" + i % 500)), List.of(get("k0"))))
                    .toList();

            for (int i = 0; i < all.size(); i++) {
                List<MetaReply> replies = await(all.get(i));
                int key = i % 500;
                assertThat(replies)
                        .extracting(MetaReply::value)
                        .containsExactly(key % 3 == 0 ? bytes("v" + key) : null, bytes("v0"));
            }
        }
    }
}
