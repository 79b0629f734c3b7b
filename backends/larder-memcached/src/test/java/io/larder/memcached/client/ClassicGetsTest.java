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

class ClassicGetsTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    private final EmbeddedPipeline wire = new EmbeddedPipeline(7, ClientSettings.DEFAULT, System::nanoTime);

    private static MetaRequest get(String key) {
        return MetaRequest.get(bytes(key), VALUE);
    }

    private static List<MetaRequest> gets(int count) {
        return IntStream.range(0, count).mapToObj(i -> get("k" + i)).toList();
    }

    private CompletableFuture<List<MetaReply>> sent(List<MetaRequest> own, MetaRequest... shared) {
        OrderedCall call = OrderedCall.of(own, List.of(shared), "server");
        wire.pipeline.sendAll(List.of(call));
        wire.channel.runPendingTasks();
        return call.future;
    }

    @Test
    void manyGetsOfValuesGoOnOneLine() {
        CompletableFuture<List<MetaReply>> all = sent(List.of(get("a"), get("b"), get("c"), get("b")), get("m"));

        assertThat(wire.written()).isEqualTo("get a b c b m\r\n");
        wire.receive("VALUE b 0 1\r\nx\r\nVALUE b 0 2\r\nyy\r\nVALUE m 0 1\r\nm\r\nEND\r\n");
        assertThat(all.join())
                .extracting(MetaReply::value)
                .containsExactly(null, bytes("x"), null, bytes("yy"), bytes("m"));
        assertThat(all.join())
                .extracting(MetaReply::status)
                .containsExactly(ReplyStatus.EN, ReplyStatus.VA, ReplyStatus.EN, ReplyStatus.VA, ReplyStatus.VA);
    }

    @Test
    void whatAClassicGetCannotAskGoesAsItIs() {
        var one = sent(List.of(get("a")));
        var withBlank = sent(List.of(get("a b"), get("c")));
        var withCas = sent(List.of(get("a"), MetaRequest.get(bytes("b"), MetaFlags.of("vc"))));
        var withStore = sent(List.of(get("a"), MetaRequest.set(bytes("b"), bytes("x"), MetaFlags.NONE)));

        assertThat(List.of(one, withBlank, withCas, withStore)).noneMatch(CompletableFuture::isDone);
        wire.receive("EN O0\r\n");
        assertThat(one).isDone();
        assertThat(wire.written()).doesNotContain("get ");
    }

    @Test
    void linesHaveAnEnd() {
        CompletableFuture<List<MetaReply>> all = sent(gets(ClassicGets.KEYS_PER_LINE + 1));

        assertThat(List.of(wire.written().split("\r\n")))
                .hasSize(2)
                .last()
                .isEqualTo("get k" + ClassicGets.KEYS_PER_LINE);
        wire.receive("VALUE k99 0 1\r\nx\r\nEND\r\n");
        assertThat(all).isNotDone();
        wire.receive("VALUE k100 0 1\r\ny\r\nEND\r\n");
        assertThat(all.join().subList(99, 101)).extracting(MetaReply::value).containsExactly(bytes("x"), bytes("y"));
        assertThat(all.join().subList(0, 99)).extracting(MetaReply::status).containsOnly(ReplyStatus.EN);
    }

    @Test
    void aRefusedLineLeavesTheOthersAlone() {
        CompletableFuture<List<MetaReply>> all = sent(gets(ClassicGets.KEYS_PER_LINE + 1));

        wire.receive("VALUE k0 0 1\r\nx\r\nSERVER_ERROR out of memory\r\nEND\r\n");

        List<MetaReply> replies = all.join();
        assertThat(replies.get(0).value()).isEqualTo(bytes("x"));
        assertThat(replies.subList(1, 100)).extracting(MetaReply::status).containsOnly(ReplyStatus.REFUSED);
        assertThat(replies.get(100).status()).isEqualTo(ReplyStatus.EN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUE other 0 1\r\nx\r\n",
                "VALUE k1 0 1\r\nx\r\nVALUE k0 0 1\r\nx\r\n",
                "VALUE k1 0 1\r\nx\r\nVALUE k1 0 1\r\nx\r\n",
                "VA 1 O0\r\nx\r\n",
                "VA 1 kk0\r\nx\r\nMN\r\n",
                "EN\r\n",
                "HD\r\n"
            })
    void anythingElsePoisonsTheConnection(String text) {
        CompletableFuture<List<MetaReply>> all = sent(gets(2), get("m"));

        wire.receive(text);

        assertThatThrownBy(all::join).cause().isInstanceOf(PoisonedConnectionException.class);
        assertThat(wire.pipeline.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VALUE a 0 1\r\nx\r\n", "END\r\n"})
    void nothingElseIsAnsweredSo(String text) {
        CompletableFuture<List<MetaReply>> one = sent(List.of(get("a")));

        wire.receive(text);

        assertThatThrownBy(one::join).cause().isInstanceOf(PoisonedConnectionException.class);
    }

    @Test
    void aRealServerTellsWhatItHas() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                IoThreads threads = IoThreads.start("memcached-io", 1);
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < 1_000; i += 3) {
                await(server.call(MetaRequest.set(bytes("k" + i), bytes("v" + i), MetaFlags.NONE)));
                kept.add("v" + i);
            }

            List<MetaReply> replies = await(server.ordered(gets(1_000), List.of(get("k0"))));

            assertThat(replies.subList(0, 1_000).stream().filter(MetaReply::done))
                    .extracting(MetaReply::value)
                    .containsExactlyElementsOf(
                            kept.stream().map(MemcachedServerTest::bytes).toList());
            assertThat(replies.get(1_000).value()).isEqualTo(bytes("v0"));
        }
    }
}
