package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.testkit.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LazyTest {

    private static RedisServer server;
    private static RedisClient client;

    private final HandScheduler scheduler = new HandScheduler();
    private final List<CompletableFuture<Commands>> attempts = new ArrayList<>();
    private final Lazy lazy = new Lazy(
            () -> {
                CompletableFuture<Commands> attempt = new CompletableFuture<>();
                attempts.add(attempt);
                return attempt;
            },
            failure -> BackendException.passing("told: " + failure.getMessage(), failure),
            new Backoff(Duration.ofSeconds(1)),
            scheduler,
            Runnable::run);

    /** Keeps what is to happen later until the test says so. */
    private static final class HandScheduler extends ScheduledThreadPoolExecutor {

        private final Deque<Runnable> later = new ArrayDeque<>();

        private HandScheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            later.add(step);
            return super.schedule(() -> {}, 0, unit);
        }

        private void pass() {
            later.remove().run();
        }
    }

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        client = RedisClient.create(RedisURI.create("redis://" + server.address()));
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private static Commands connected() {
        var connection = client.connect(ByteArrayCodec.INSTANCE);
        return Commands.of(connection);
    }

    @Test
    void callersShareOneAttempt() {
        CompletableFuture<Commands> first = lazy.commands();

        assertThat(lazy.commands()).isSameAs(first).isNotDone();
        assertThat(lazy.ifOpen()).isNull();
        assertThat(attempts).hasSize(1);

        attempts.get(0).complete(connected());

        assertThat(lazy.commands()).isSameAs(first).isCompleted();
        assertThat(lazy.ifOpen()).isSameAs(first);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void failedAttemptAnswersUntilItsPauseIsOver() {
        CompletableFuture<Commands> first = lazy.commands();
        attempts.get(0).completeExceptionally(new IllegalStateException("down"));

        assertThat(first)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BackendException.class)
                .withMessageContaining("told: down");
        assertThat(lazy.commands()).isSameAs(first);
        assertThat(attempts).hasSize(1);

        scheduler.pass();

        assertThat(lazy.commands()).isNotSameAs(first);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void attemptThatCannotEvenBeginIsAFailure() {
        Lazy broken = new Lazy(
                () -> {
                    throw new IllegalStateException("no transport");
                },
                failure -> BackendException.lasting(String.valueOf(failure.getMessage()), failure),
                new Backoff(Duration.ofSeconds(1)),
                scheduler,
                Runnable::run);

        assertThat(broken.commands())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("no transport");
    }

    @Test
    void renewalClosesTheOldConnectionAndTheNextCallConnectsOncePerPause() {
        var unusedFirst = lazy.commands();
        Commands old = connected();
        attempts.get(0).complete(old);

        lazy.renew();

        assertThat(lazy.ifOpen()).isNull();
        assertThat(old.connection().isOpen()).isFalse();

        var unusedNext = lazy.commands();
        Commands next = connected();
        attempts.get(1).complete(next);
        lazy.renew();

        assertThat(next.connection().isOpen()).isTrue();

        scheduler.pass();
        lazy.renew();

        assertThat(next.connection().isOpen()).isFalse();
    }

    @Test
    void connectionThatArrivesAfterTheEndIsClosed() {
        CompletableFuture<Commands> way = lazy.commands();
        Commands late = connected();

        var unused = lazy.close();
        attempts.get(0).complete(late);

        assertThat(way).isCompletedExceptionally();
        assertThat(late.connection().isOpen()).isFalse();
        assertThat(lazy.commands()).isCompletedExceptionally();
        assertThat(attempts).hasSize(1);
    }
}
