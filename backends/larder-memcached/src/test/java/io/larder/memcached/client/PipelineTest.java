package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    private final AtomicLong nanos = new AtomicLong();
    private final EmbeddedPipeline wire = new EmbeddedPipeline(1, ClientSettings.DEFAULT, nanos::get);

    private static MetaCall call(String key) {
        return new MetaCall(MetaRequest.get(bytes(key), VALUE), "server");
    }

    private MetaCall send(String key) {
        MetaCall call = call(key);
        wire.pipeline.send(call);
        return call;
    }

    /** Lets three calls leave in one write, and be answered; who comes next finds that it was crowded. */
    private void sendThreeTogether() {
        wire.pipeline.sendAll(List.of(call("a"), call("b"), call("c")));
        assertThat(wire.write()).isEqualTo("mg a v O0\r\nmg b v O1\r\nmg c v O2\r\n");
        wire.receive("EN O0\r\nEN O1\r\nEN O2\r\n");
    }

    @Test
    void callersThatComeDuringARoundTripLeaveInOneWrite() {
        sendThreeTogether();
        MetaCall first = send("first");
        assertThat(wire.write()).isEqualTo("mg first v O3\r\n");
        assertThat(wire.pipeline.isCrowded()).isFalse();
        List<MetaCall> gathered = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int i = 4; i < 100; i++) {
            gathered.add(send("key" + i));
            all.append("mg key").append(i).append(" v O").append(i).append("\r\n");
        }
        assertThat(wire.write()).isEmpty();
        assertThat(wire.pipeline.isCrowded()).isTrue();

        wire.receive("VA 1 O3\r\nx\r\n");

        assertThat(first.future.join().value()).isEqualTo(bytes("x"));
        assertThat(wire.write()).isEqualTo(all.toString());
        assertThat(wire.write()).isEmpty();
        for (int i = 4; i < 100; i++) {
            wire.receive("EN O" + i + "\r\n");
        }
        assertThat(gathered).allSatisfy(call -> assertThat(call.future).isCompleted());
        send("after");
        assertThat(wire.write()).isEqualTo("mg after v O100\r\n");
    }

    @Test
    void aFewCallersDoNotWaitForEachOtherUntilSomeGather() {
        send("first");
        assertThat(wire.write()).isEqualTo("mg first v O0\r\n");
        send("second");
        assertThat(wire.write()).isEqualTo("mg second v O1\r\n");
        send("third");
        send("fourth");
        assertThat(wire.write()).isEmpty();

        wire.receive("EN O0\r\n");

        assertThat(wire.write()).isEqualTo("mg third v O2\r\nmg fourth v O3\r\n");
        wire.receive("EN O1\r\n");
        send("fifth");
        assertThat(wire.write()).isEmpty();
        wire.receive("EN O2\r\nEN O3\r\n");
        assertThat(wire.write()).isEqualTo("mg fifth v O4\r\n");
        send("sixth");
        assertThat(wire.write()).isEqualTo("mg sixth v O5\r\n");
    }

    @Test
    void nobodyGathersForLongBehindASlowAnswer() {
        sendThreeTogether();
        send("first");
        assertThat(wire.write()).isEqualTo("mg first v O3\r\n");
        send("second");
        nanos.set(Outbox.GATHER_NANOS - 1);
        send("third");
        assertThat(wire.write()).isEmpty();

        nanos.set(Outbox.GATHER_NANOS);
        send("fourth");

        assertThat(wire.write()).isEqualTo("mg second v O4\r\nmg third v O5\r\nmg fourth v O6\r\n");
        assertThat(wire.pipeline.isCrowded()).isTrue();
        nanos.set(3 * Outbox.GATHER_NANOS);
        send("fifth");
        assertThat(wire.write()).isEmpty();
        wire.receive("EN O3\r\n");
        assertThat(wire.write()).startsWith("mg ");
    }

    @Test
    void quietRepliesOutOfOrderAreRefused() {
        QuietCall call = new QuietCall(
                List.of(MetaRequest.get(bytes("a"), VALUE), MetaRequest.get(bytes("b"), VALUE)), "server");
        wire.pipeline.send(call);
        assertThat(wire.write()).isEqualTo("mg a v O0 q\r\nmg b v O1 q\r\nmn\r\n");

        wire.receive("VA 1 O1\r\nb\r\nVA 1 O0\r\na\r\n");

        assertThat(call.futures().get(1).join().value()).isEqualTo(bytes("b"));
        assertThat(call.futures().get(0)).isCompletedExceptionally();
        assertThat(wire.pipeline.isOpen()).isFalse();
    }

    @Test
    void largeBatchesAreSplit() {
        List<MetaCall> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MetaCall call = new MetaCall(MetaRequest.set(bytes("k" + i), new byte[200_000], MetaFlags.NONE), "server");
            calls.add(call);
        }
        wire.pipeline.sendAll(calls);

        assertThat(wire.write().length()).isBetween(400_000, 400_200);
        assertThat(wire.write().length()).isBetween(400_000, 400_200);
        assertThat(calls).noneMatch(call -> call.future.isDone());
    }

    @Test
    void lostRepeatedAndSwappedRepliesNeverReachAnotherCaller() {
        long seed = Long.getLong("memcached.seed", new SplittableRandom().nextLong());
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 3_000; round++) {
            PipelineTest test = new PipelineTest();
            boolean quiet = random.nextBoolean();

            test.answerBadly(random, quiet, "seed " + seed + ", round " + round);

            test.wire.channel.finishAndReleaseAll();
        }
    }

    private void answerBadly(SplittableRandom random, boolean quiet, String what) {
        List<CompletableFuture<MetaReply>> futures = new ArrayList<>();
        List<MetaRequest> requests = new ArrayList<>();
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(MetaRequest.get(bytes("key" + i), VALUE));
            replies.add(random.nextInt(3) == 0 ? "EN\r\n" : "VA 4 O" + i + "\r\nkey" + i + "\r\n");
        }
        if (quiet) {
            QuietCall call = new QuietCall(requests, "server");
            wire.pipeline.send(call);
            futures.addAll(call.futures());
            replies.removeIf(reply -> reply.startsWith("EN"));
            replies.add("MN\r\n");
        } else {
            List<MetaCall> calls = requests.stream()
                    .map(request -> new MetaCall(request, "server"))
                    .toList();
            wire.pipeline.sendAll(calls);
            calls.forEach(call -> futures.add(call.future));
        }
        wire.write();
        int at = random.nextInt(replies.size());
        switch (random.nextInt(4)) {
            case 0 -> replies.remove(at);
            case 1 -> replies.add(at, replies.get(random.nextInt(replies.size())));
            case 2 -> Collections.swap(replies, at, random.nextInt(replies.size()));
            default ->
                replies.set(
                        at,
                        replies.get(at).substring(random.nextInt(replies.get(at).length())));
        }

        wire.receive(String.join("", replies));

        for (int i = 0; i < futures.size(); i++) {
            CompletableFuture<MetaReply> future = futures.get(i);
            if (future.isDone() && !future.isCompletedExceptionally()) {
                byte[] value = future.join().value();
                assertThat(value == null || Arrays.equals(value, bytes("key" + i)))
                        .as(what)
                        .isTrue();
            }
        }
    }
}
