package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.spi.WaitStrategy;
import io.larder.testkit.servers.RedisServer;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether everybody is answered, whoever drives the loop. */
@Timeout(60)
class LendingLoopTest {

    private static final int KEYS = 10;
    private static final long LONG_MILLIS = 30_000;

    @AutoClose
    private static RedisServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Links links;
    private Backend<String, byte[]> cache;
    private Commands commands;
    private LendingLoop loop;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @BeforeEach
    void open() {
        links = Links.open(Urls.of(server));
        commands = links.answer(links.connections().leader(0));
        assumeTrue(commands.loop() != null, "no epoll on this system, where nothing is lent");
        loop = commands.loop();
        cache = links.cache("c");
        for (int key = 0; key < KEYS; key++) {
            put(key);
        }
    }

    @AfterEach
    void close() {
        links.close();
        threads.shutdownNow();
    }

    private void put(int key) {
        Entry<byte[]> entry = new Entry<>(Links.bytes("value " + key), Lifetime.endless(0), Set.of());
        cache.put("key " + key, entry, PutMode.ALWAYS).join();
    }

    private void expectValue(int key, Entry<byte[]> found) {
        assertThat(found.value()).as("key %s", key).isEqualTo(Links.bytes("value " + key));
    }

    private Reply<Entry<byte[]>> ask(int key) {
        return cache.get("key " + key).map(found -> found);
    }

    /** Calls until the loop is lent. */
    private void callAlone() {
        boolean lent = false;
        while (!lent) {
            expectValue(1, ask(1).join());
            lent = loop.claim();
        }
        loop.release();
    }

    /** Waits for {@code answer}, driving; the loop's own thread may have taken it back just before, which takes another attempt. */
    private Future<String> awaitDriving(CompletableFuture<String> answer, long limitMillis) throws Exception {
        while (true) {
            CompletableFuture<Thread> waits = new CompletableFuture<>();
            CompletableFuture<String> asked = answer.copy();
            Future<String> caller = threads.submit(() -> {
                callAlone();
                waits.complete(Thread.currentThread());
                return Reply.pending(asked, loop).within(limitMillis).join();
            });
            Thread thread = waits.get();
            while (thread.getState() == Thread.State.RUNNABLE) {
                if (loop.isDrivenFor(asked)) {
                    return caller;
                }
            }
            asked.cancel(false);
        }
    }

    @Test
    void aLoneCallerReadsItsOwnAnswer() {
        callAlone();
        Thread reader = null;

        // The loop's own thread looks after it now and then, and takes it back where nobody came.
        while (reader != Thread.currentThread()) {
            callAlone();
            CompletableFuture<byte[]> answer = commands.get(Links.bytes("none"));
            CompletableFuture<Thread> brought = answer.thenApply(value -> Thread.currentThread());
            boolean early = brought.isDone();
            assertThat(Reply.pending(answer, commands.waiting(WaitStrategy.PARKING))
                            .join())
                    .isNull();
            reader = early ? null : brought.join();
        }
    }

    @Test
    void everybodyIsAnsweredHoweverManyCallAndHowever() throws Exception {
        long seed = Long.getLong("larder.seed", new Random().nextLong());
        System.out.println("everybodyIsAnsweredHoweverManyCallAndHowever: -Dlarder.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            callAlone();
            List<Future<?>> callers = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                long its = random.nextLong();
                callers.add(threads.submit(() -> callAtRandom(new Random(its))));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    private Void callAtRandom(Random random) throws Exception {
        int calls = 1 + random.nextInt(200);
        for (int i = 0; i < calls; i++) {
            int key = random.nextInt(KEYS);
            switch (random.nextInt(8)) {
                case 0 -> put(key);
                case 1 -> expectValue(key, ask(key).toFuture(threads).get());
                case 2 -> expectValue(key, ask(key).within(LONG_MILLIS).join());
                case 3 -> commands.async().ping().get();
                case 4 -> askInHaste(key);
                default -> expectValue(key, ask(key).join());
            }
        }
        return null;
    }

    private void askInHaste(int key) {
        try {
            expectValue(key, ask(key).within(1).join());
        } catch (BackendException late) {
            assertThat(late).hasRootCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void whatOneCallerSendsWithoutWaitingStaysInOrder() throws Exception {
        int count = 30_000;
        Random random = new Random(1);
        Deque<CompletableFuture<Long>> onTheirWay = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            onTheirWay.add(pushLast("list", Integer.toString(i)));
            // Few enough for each to leave alone, and more now and then.
            for (int most = 2 + random.nextInt(5); onTheirWay.size() > most; ) {
                onTheirWay.remove().get();
            }
        }
        for (CompletableFuture<Long> last : onTheirWay) {
            last.get();
        }

        List<byte[]> list = commands.async()
                .lrange(Links.bytes("list"), 0, -1)
                .toCompletableFuture()
                .get();
        assertThat(list.stream().map(String::new).toList())
                .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    private CompletableFuture<Long> pushLast(String name, String value) {
        ByteArrayCodec codec = ByteArrayCodec.INSTANCE;
        AsyncCommand<byte[], byte[], Long> command = new AsyncCommand<>(new Command<>(
                CommandType.RPUSH,
                new IntegerOutput<>(codec),
                new CommandArgs<>(codec).addKey(Links.bytes(name)).addValue(Links.bytes(value))));
        commands.dispatch(command);
        return command;
    }

    @Test
    void anInterruptedCallerStopsDriving() throws Exception {
        Future<String> caller = awaitDriving(new CompletableFuture<>(), LONG_MILLIS);

        threads.shutdownNow();

        assertThatThrownBy(caller::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(BackendException.class)
                .hasMessage("Interrupted while waiting for an answer");
    }

    @Test
    void aCallerWhoseTimeIsUpStopsDrivingAndTheNextIsAnswered() throws Exception {
        Future<String> caller = awaitDriving(new CompletableFuture<>(), 50);

        assertThatThrownBy(caller::get).hasRootCauseInstanceOf(TimeoutException.class);
        expectValue(2, ask(2).join());
    }

    @Test
    void whoComesMeanwhileIsAnsweredWhileAnotherDrivesAndAfterwards() throws Exception {
        CompletableFuture<String> elsewhere = new CompletableFuture<>();
        Future<String> caller = awaitDriving(elsewhere, LONG_MILLIS);

        expectValue(2, ask(2).join());
        Reply<Entry<byte[]>> asked = ask(3);
        elsewhere.complete("here");

        assertThat(caller.get()).isEqualTo("here");
        expectValue(3, asked.join());
    }

    @Test
    void whatIsToldWhileNobodyDrivesIsHeard() throws Exception {
        CompletableFuture<String> lost = new CompletableFuture<>();
        commands.connection().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                lost.complete("lost");
            }
        });
        callAlone();

        server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        assertThat(lost.get(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("lost");
    }

    @Test
    void aTaskIsRunWhileNobodyDrives() throws Exception {
        callAlone();

        assertThat(loop.submit(() -> "done").get()).isEqualTo("done");
    }

    @Test
    void aLentLoopCanBeClosed() throws Exception {
        callAlone();

        links.close();

        assertThat(loop.awaitTermination(LONG_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }
}
