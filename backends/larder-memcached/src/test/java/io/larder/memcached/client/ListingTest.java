package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.larder.testkit.servers.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("key=k").append(i).append(" exp=-1 la=1 cas=1 fetch=no cls=1 size=60\n");
        }
        return lines.toString();
    }

    @Test
    void readsNoMoreWhileAPageIsDealtWith() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Pipeline pipeline = new Pipeline("server", 1, ClientSettings.DEFAULT, System::nanoTime, channel, null);
        channel.pipeline().addLast(pipeline);
        List<String> pages = new ArrayList<>();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        ListingPages lines = new ListingPages(2, page -> {
            pages.add(page.toString());
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        });
        TextCall<CompletableFuture<Boolean>> call = new TextCall<>("listing", "lru_crawler metadump hash", lines);
        pipeline.send(call);
        channel.runPendingTasks();

        channel.writeInbound(Unpooled.copiedBuffer(lines(0, 5), StandardCharsets.US_ASCII));
        assertThat(pages).containsExactly("[k0, k1]");
        assertThat(channel.config().isAutoRead()).isFalse();
        answers.get(0).complete(true);
        assertThat(pages).containsExactly("[k0, k1]", "[k2, k3]");
        answers.get(1).complete(true);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.writeInbound(Unpooled.copiedBuffer("END\r\n", StandardCharsets.US_ASCII));

        assertThat(pages).hasSize(3).last().isEqualTo("[k4]");
        assertThat(call.future.join()).isNotDone();
        answers.get(2).complete(true);
        assertThat(call.future.join()).isCompletedWithValue(true);
        assertThat(lines.count()).isEqualTo(5);
        channel.finishAndReleaseAll();
    }

    @Test
    void aRealServerWaitsForASlowReader() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (MemcachedProcess process = MemcachedProcess.tcp("-m", "200");
                IoThreads threads = IoThreads.start("memcached-io", 1);
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            List<MetaRequest> sets = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                sets.add(MetaRequest.set(bytes("x".repeat(200) + i), bytes("v"), MetaFlags.NONE));
            }
            for (CompletableFuture<MetaReply> each : server.callQuietly(sets)) {
                await(each);
            }
            Set<String> keys = ConcurrentHashMap.newKeySet();

            long count = await(server.listPages(
                    1000,
                    page -> CompletableFuture.supplyAsync(
                            () -> keys.addAll(
                                    page.stream().map(ListedItem::toString).collect(Collectors.toSet())),
                            reader)));

            assertThat(count).isEqualTo(30_000);
            assertThat(keys).hasSize(30_000);
            assertThat(await(server.listPages(7, page -> CompletableFuture.completedFuture(false))))
                    .isEqualTo(7);
            // The server needs a moment to notice that nobody reads the listing before any more.
            Await.until("a reader's failure ends a listing", Duration.ofSeconds(20), () -> {
                Throwable failure = catchThrowable(() -> await(server.listPages(7, page -> {
                    throw new IllegalStateException("of the reader");
                })));
                return String.valueOf(failure.getCause()).endsWith("of the reader");
            });
        } finally {
            reader.shutdown();
        }
    }
}
