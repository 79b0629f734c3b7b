package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderedCallTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    private static MetaRequest get(String key) {
        return MetaRequest.get(bytes(key), VALUE);
    }

    private static MetaRequest set(String key, String value) {
        return MetaRequest.set(bytes(key), bytes(value), MetaFlags.NONE);
    }

    @Nested
    class OnOneConnection {

        private final List<Call> asked = new ArrayList<>();
        private final EmbeddedPipeline wire =
                new EmbeddedPipeline(7, ClientSettings.DEFAULT.withLimits(20, 1 << 20, 1 << 20, 1), System::nanoTime);

        private CompletableFuture<List<MetaReply>> ordered(List<MetaRequest> own, List<MetaRequest> shared) {
            OrderedCall call = new OrderedCall(own, shared, "server");
            asked.add(call);
            return call.future;
        }

        /** Sends what was asked for at the same time, and returns what was written. */
        private String written() {
            wire.pipeline.sendAll(asked);
            asked.clear();
            return wire.written();
        }

        @Test
        void sharedGetsLeaveOnceBehindAllThatWantThem() {
            CompletableFuture<List<MetaReply>> first = ordered(List.of(set("a", "x")), List.of(get("m")));
            CompletableFuture<List<MetaReply>> second = ordered(List.of(get("b")), List.of(get("m"), get("t")));
            CompletableFuture<List<MetaReply>> alone = ordered(List.of(), List.of(get("m")));

            assertThat(written()).isEqualTo("ms a 1 O0\r\nx\r\nmg b v O1\r\nmg m v O2\r\nmg t v O3\r\n");
            wire.receive("HD O0\r\nVA 1 O1\r\nb\r\nVA 1 O2\r\nm\r\n");

            assertThat(first.join()).extracting(MetaReply::value).containsExactly(null, bytes("m"));
            assertThat(alone.join()).extracting(MetaReply::value).containsExactly(bytes("m"));
            assertThat(second).isNotDone();
            wire.receive("EN O3\r\n");
            assertThat(second.join())
                    .extracting(MetaReply::status)
                    .containsExactly(ReplyStatus.VA, ReplyStatus.VA, ReplyStatus.EN);
            assertThat(second.join()).extracting(MetaReply::incarnation).containsOnly(7L);
        }

        @Test
        void nobodyJoinsAGetThatWasWrittenBeforeTheyAsked() {
            CompletableFuture<List<MetaReply>> early = ordered(List.of(), List.of(get("m")));
            assertThat(written()).isEqualTo("mg m v O0\r\n");
            CompletableFuture<List<MetaReply>> late = ordered(List.of(), List.of(get("m")));
            assertThat(written()).isEmpty();

            wire.receive("VA 3 O0\r\nold\r\n");

            assertThat(early.join().get(0).value()).isEqualTo(bytes("old"));
            assertThat(late).isNotDone();
            assertThat(written()).isEqualTo("mg m v O1\r\n");
            wire.receive("VA 3 O1\r\nnew\r\n");
            assertThat(late.join().get(0).value()).isEqualTo(bytes("new"));
        }

        @Test
        void getsWithOtherFlagsAreNotShared() {
            var unused = ordered(List.of(), List.of(get("m")));
            var unusedToo = ordered(List.of(), List.of(MetaRequest.get(bytes("m"), MetaFlags.of("vc"))));

            assertThat(written()).isEqualTo("mg m v O0\r\nmg m v c O1\r\n");
        }

        @Test
        void whoLooksForTheAnswerIsToldApartFromWhoIsWoken() {
            OrderedCall looks = new OrderedCall(List.of(get("a")), List.of(), "server");
            OrderedCall sleeps = new OrderedCall(List.of(set("b", "x")), List.of(), "server");
            var unused = sleeps.future.thenAccept(replies -> {});
            asked.addAll(List.of(looks, sleeps));
            written();

            wire.receive("EN O0\r\nHD O1\r\n");

            assertThat(looks.wokeNobody()).isTrue();
            assertThat(sleeps.wokeNobody()).isFalse();
        }

        @Test
        void placesAreFreeAgainOnlyWhenAllRepliesAreThere() {
            for (int round = 0; round < 50; round++) {
                CompletableFuture<List<MetaReply>> first =
                        ordered(List.of(get("a"), get("b")), List.of(get("m"), get("m"), get("t")));
                CompletableFuture<List<MetaReply>> second = ordered(List.of(), List.of(get("m")));
                int opaque = 4 * round;
                written();
                wire.receive("EN O%d\r\nEN O%d\r\nEN O%d\r\n".formatted(opaque, opaque + 1, opaque + 2));
                wire.receive("EN O%d\r\n".formatted(opaque + 3));

                assertThat(first).isCompleted();
                assertThat(second).isCompleted();
            }
        }

        @Test
        void aRefusalIsToldApartFromTheOthersReplies() {
            CompletableFuture<List<MetaReply>> both =
                    ordered(List.of(get("a"), set("b", "x"), get("c")), List.of(get("m")));
            written();
            wire.receive("VA 1 O0\r\na\r\nSERVER_ERROR object too large for cache\r\nEN O2\r\nSERVER_ERROR busy\r\n");

            List<MetaReply> replies = both.join();

            assertThat(replies)
                    .extracting(MetaReply::status)
                    .containsExactly(ReplyStatus.VA, ReplyStatus.REFUSED, ReplyStatus.EN, ReplyStatus.REFUSED);
            assertThat(replies.get(1).refusal().tooLarge()).isTrue();
            assertThat(replies.get(3).refusal())
                    .hasMessage("'mg' of key 'm' on server failed: the server answered 'SERVER_ERROR busy'");
        }

        @Test
        void aRefusedStoreFailsAllTogetherWithTheReason() {
            CompletableFuture<List<MetaReply>> both = ordered(List.of(set("a", "x"), get("b")), List.of(get("m")));
            written();

            wire.receive("CLIENT_ERROR bad data chunk\r\n");

            assertThatThrownBy(both::join)
                    .cause()
                    .isInstanceOf(ServerErrorException.class)
                    .hasMessage("'ms' of key 'a' and 2 more on server failed: the server answered"
                            + " 'CLIENT_ERROR bad data chunk'");
            assertThat(wire.pipeline.isOpen()).isFalse();
        }

        @Test
        void allFailTogetherWhenTheConnectionEnds() {
            CompletableFuture<List<MetaReply>> first = ordered(List.of(get("a")), List.of(get("m")));
            CompletableFuture<List<MetaReply>> shared = ordered(List.of(), List.of(get("m")));
            written();
            wire.receive("EN O0\r\n");

            var unused = wire.channel.close();

            for (CompletableFuture<List<MetaReply>> each : List.of(first, shared)) {
                assertThatThrownBy(each::join).cause().isInstanceOf(ConnectionLostException.class);
            }
        }

        @Test
        void repliesInTheWrongPlaceAreRefused() {
            CompletableFuture<List<MetaReply>> both = ordered(List.of(get("a"), get("b")), List.of());
            written();

            wire.receive("VA 1 O1\r\nb\r\n");

            assertThatThrownBy(both::join).cause().isInstanceOf(PoisonedConnectionException.class);
        }
    }

    @Test
    void aRealServerSeesThemInOrder() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                IoThreads threads = IoThreads.start("memcached-io", 1);
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            await(server.call(set("m", "1")));

            List<MetaReply> replies =
                    await(server.ordered(List.of(set("a", "x"), get("a"), set("a", "y")), List.of(get("m"), get("a"))));

            assertThat(replies)
                    .extracting(MetaReply::value)
                    .containsExactly(null, bytes("x"), null, bytes("1"), bytes("y"));
            long before = replies.get(0).incarnation();
            process.kill();
            process.start();
            assertThat(ReconnectFaultTest.untilAnswered(server).incarnation()).isGreaterThan(before);
            assertThat(await(server.ordered(List.of()))).isEmpty();
            assertThatThrownBy(() -> server.ordered(List.of(), List.of(set("a", "x"))))
                    .hasMessage("'ms' of key 'a' must not be shared: only a get whose flags change nothing can be");
        }
    }
}
