package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.FakeClock;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which commands leave together, and when, where a wire is a list that the test answers. */
@Timeout(60)
class PipelineTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<List<RedisCommand<byte[], byte[], ?>>> sent = new ArrayList<>();
    private final List<CompletableFuture<?>> unread = new ArrayList<>();
    private final FakeClock clock = new FakeClock();
    private final Pipeline pipeline = new Pipeline(sent::add, new RedisBatches(4, 1, 0), clock, true);

    private CompletableFuture<byte[]> get(String name) {
        return pipeline.get(name.getBytes(StandardCharsets.US_ASCII));
    }

    /** Asks for what nobody waits for. */
    private void read(String name) {
        unread.add(get(name));
    }

    private static AsyncCommand<byte[], byte[], byte[]> set(String name) {
        return new PlainSet(name.getBytes(StandardCharsets.US_ASCII), new byte[0], -1, false).command();
    }

    private List<String> batch(int number) {
        return sent.get(number).stream()
                .map(command -> command.getType() + " " + String.join(" ", parts(command)))
                .toList();
    }

    /** Answers each read with its name. */
    private static void answer(List<RedisCommand<byte[], byte[], ?>> batch) {
        for (RedisCommand<byte[], byte[], ?> command : batch) {
            CommandOutput<byte[], byte[], ?> output = command.getOutput();
            String[] names = names(command);
            if (command.getType().toString().equals("MGET")) {
                output.multi(names.length);
            }
            for (String name : names) {
                output.set(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)));
            }
            command.complete();
        }
    }

    private static String[] names(RedisCommand<byte[], byte[], ?> command) {
        return command.getType().toString().equals("SET") ? new String[] {"OK"} : parts(command);
    }

    /** Returns the arguments as a server reads them, each on a line after its size. */
    private static String[] parts(RedisCommand<byte[], byte[], ?> command) {
        ByteBuf encoded = Unpooled.buffer();
        command.getArgs().encode(encoded);
        String[] lines = encoded.toString(StandardCharsets.US_ASCII).split("\r\n", -1);
        return IntStream.range(0, command.getArgs().count())
                .mapToObj(i -> lines[2 * i + 1])
                .toArray(String[]::new);
    }

    @Test
    void whoIsAloneIsSentAtOnce() {
        read("a");

        assertThat(batch(0)).hasSize(1).first().asString().startsWith("GET ");
    }

    @Test
    void whileABatchIsOnItsWayTheNextOneGathers() {
        read("a");
        CompletableFuture<byte[]> b = get("b");
        CompletableFuture<byte[]> c = get("c");
        assertThat(sent).hasSize(1);

        answer(sent.get(0));

        assertThat(sent).hasSize(2);
        assertThat(batch(1)).hasSize(1).first().asString().startsWith("MGET ");
        answer(sent.get(1));
        assertThat(b)
                .isCompletedWithValueMatching(value -> new String(value, StandardCharsets.US_ASCII)
                        .equals(names(sent.get(1).get(0))[0]));
        assertThat(c)
                .isCompletedWithValueMatching(value -> new String(value, StandardCharsets.US_ASCII)
                        .equals(names(sent.get(1).get(0))[1]));
    }

    @Test
    void commandsLeaveInTheOrderInWhichTheyCame() {
        read("a");
        read("b");
        pipeline.send(List.of(set("b")));
        read("b");

        answer(sent.get(0));

        assertThat(batch(1)).extracting(text -> text.split(" ", -1)[0]).containsExactly("GET", "SET", "GET");
    }

    @Test
    void aBatchHasItsLimit() {
        read("a");
        IntStream.range(0, 5).forEach(i -> pipeline.send(List.of(set("b"))));

        answer(sent.get(0));
        assertThat(sent.get(1)).hasSize(4);
        answer(sent.get(1));

        assertThat(sent.get(2)).hasSize(1);
    }

    @Test
    void aNameThatIsRefusedFailsAlone() {
        read("a");
        CompletableFuture<byte[]> good = get("good");
        CompletableFuture<byte[]> bad = get("bad");
        answer(sent.get(0));

        sent.get(1).get(0).completeExceptionally(new RedisCommandExecutionException("NOPERM of one of them"));

        assertThat(batch(2)).hasSize(2).allMatch(text -> text.startsWith("GET "));
        answer(sent.get(2).subList(0, 1));
        sent.get(2).get(1).completeExceptionally(new RedisCommandExecutionException("NOPERM"));
        assertThat(good).isCompleted();
        assertThat(bad).isCompletedExceptionally();
    }

    @Test
    void aLostConnectionFailsItsBatchAndNoOther() {
        CompletableFuture<byte[]> lost = get("a");
        CompletableFuture<byte[]> next = get("b");

        sent.get(0).get(0).completeExceptionally(new RedisException("lost"));

        assertThat(lost).isCompletedExceptionally();
        answer(sent.get(1));
        assertThat(next).isCompleted();
    }

    @Test
    void aSecondBatchLeavesWhenTheAnswerToTheFirstTakesLong() {
        Pipeline two = new Pipeline(sent::add, new RedisBatches(4, 2, 0), clock, true);
        two.send(List.of(set("a"), set("b")));
        unread.add(two.get(new byte[] {'c'}));
        assertThat(sent).hasSize(1);

        clock.advance(Duration.ofNanos(Pipeline.GATHER_NANOS));
        unread.add(two.get(new byte[] {'d'}));
        clock.advance(Duration.ofNanos(Pipeline.GATHER_NANOS));
        unread.add(two.get(new byte[] {'e'}));

        assertThat(sent).hasSize(2);
        assertThat(names(sent.get(1).get(0))).hasSize(2);
        answer(sent.get(0));
        assertThat(sent).hasSize(3);
    }

    @Test
    void onAWireThatMayMixThemUpAFewCallersWait() {
        Pipeline two = new Pipeline(sent::add, new RedisBatches(4, 2, 0), clock, false);
        unread.add(two.get(new byte[] {'a'}));
        unread.add(two.get(new byte[] {'b'}));

        assertThat(sent).hasSize(1);
    }

    @Test
    void aFewCallersDoNotWaitForEachOtherUntilSomeGather() {
        Pipeline two = new Pipeline(sent::add, new RedisBatches(4, 2, 0), clock, true);
        unread.add(two.get(new byte[] {'a'}));
        unread.add(two.get(new byte[] {'b'}));
        assertThat(sent).hasSize(2);

        unread.add(two.get(new byte[] {'c'}));
        unread.add(two.get(new byte[] {'d'}));
        answer(sent.get(0));
        unread.add(two.get(new byte[] {'e'}));

        assertThat(sent).as("c and d together, and nothing beside them").hasSize(3);
        answer(sent.get(1));
        assertThat(sent).hasSize(3);
        answer(sent.get(2));
        unread.add(two.get(new byte[] {'f'}));
        assertThat(sent).as("e, and then f, each alone").hasSize(5);
    }

    @Test
    void whatCannotBeWrittenFailsAndTheNextIsTried() {
        List<Integer> tries = new ArrayList<>();
        Pipeline refused = new Pipeline(
                batch -> {
                    tries.add(batch.size());
                    throw new RedisException("closed");
                },
                new RedisBatches(4, 1, 0),
                clock,
                true);

        assertThat(refused.get(new byte[] {1})).isCompletedExceptionally();
        assertThat(refused.get(new byte[] {1})).isCompletedExceptionally();
        assertThat(tries).containsExactly(1, 1);
    }

    @Test
    void nobodyIsForgottenAndEachThreadKeepsItsOrder() throws Exception {
        BlockingQueue<List<RedisCommand<byte[], byte[], ?>>> wire = new LinkedBlockingQueue<>();
        Pipeline shared = new Pipeline(wire::add, new RedisBatches(64, 2, 0), clock, true);
        int threads = 8;
        int calls = 5_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        List<String> seen = new ArrayList<>();
        Future<?> server = pool.submit(() -> {
            while (seen.size() < threads * calls) {
                List<RedisCommand<byte[], byte[], ?>> batch = wire.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(batch).as("after %s calls", seen.size()).isNotNull();
                batch.forEach(command -> seen.addAll(List.of(names(command))));
                answer(batch);
            }
            return null;
        });
        List<Future<?>> callers = new ArrayList<>();
        List<List<String>> asked = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String prefix = Character.toString('a' + thread);
            List<byte[]> keys = IntStream.range(0, calls)
                    .mapToObj(i -> (prefix + i).getBytes(StandardCharsets.US_ASCII))
                    .toList();
            asked.add(keys.stream().map(key -> names(Calls.value(key))[0]).toList());
            callers.add(pool.submit(() -> {
                List<CompletableFuture<byte[]>> answers =
                        keys.stream().map(shared::get).toList();
                for (CompletableFuture<byte[]> answer : answers) {
                    answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
                }
                return null;
            }));
        }
        for (Future<?> caller : callers) {
            caller.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        server.get(SOON.toSeconds(), TimeUnit.SECONDS);
        pool.shutdown();

        assertThat(seen).hasSize(threads * calls);
        assertThat(asked).allSatisfy(names -> assertThat(seen).containsSubsequence(names));
    }
}
