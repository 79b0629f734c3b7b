package io.larder.redis;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Opens the connections of a URL alone, with what a Larder would give them, and ends them. */
final class Links implements AutoCloseable {

    private static final long ANSWER_SECONDS_MAX = 20;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RedisBackends backends;
    private final Connections connections;

    private Links(BackendProvider provider, String url) {
        BackendContext context = new BackendContext(new MachineClock(), executor, scheduler);
        this.backends = (RedisBackends) provider.open(CacheUrl.parse(url), context);
        this.connections = backends.connections();
    }

    private static final class MachineClock implements Clock {

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long coarseMillis() {
            return millis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }

    static Links open(String url) {
        return open(new RedisProvider(), url);
    }

    static Links open(BackendProvider provider, String url) {
        return new Links(provider, url);
    }

    Connections connections() {
        return connections;
    }

    /** Returns a cache over them. */
    Backend<String, byte[]> cache(String name) {
        return backends.open(CacheSpec.ofBytes(new CacheScope("", name, 1), "bytes"));
    }

    /** Returns what the leader answers to a command, such as "PONG". */
    String lead(Words words) {
        return answer(connections.leader(0).thenCompose(words::ask));
    }

    /** Returns what a reader answers. */
    String read(Words words) {
        return answer(connections.reader(0).thenCompose(words::ask));
    }

    String put(String key, String value) {
        return lead(commands -> commands.async().set(bytes(key), bytes(value)).toCompletableFuture());
    }

    String get(String key) {
        return lead(commands -> text(commands, key));
    }

    static CompletableFuture<String> text(Commands commands, String key) {
        return commands.async()
                .get(bytes(key))
                .toCompletableFuture()
                .thenApply(value -> value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the message of the failure, as a caller sees it; there has to be one, and never with any of {@code secrets} in it. */
    BackendException failure(String... secrets) {
        try {
            String answer = lead(commands -> commands.async().ping().toCompletableFuture());
            throw new AssertionError(connections.address() + " answered '" + answer + "', expected a failure");
        } catch (BackendException e) {
            for (String secret : secrets) {
                if (String.valueOf(e.getMessage()).contains(secret)) {
                    throw new AssertionError("'" + secret + "' is in: " + e.getMessage());
                }
            }
            return e;
        }
    }

    <T> T answer(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw connections.explain(e.getCause());
        }
    }

    /** A command with a text for an answer. */
    interface Words {
        CompletableFuture<String> ask(Commands commands);
    }

    @Override
    public void close() {
        connections.close();
        scheduler.shutdownNow();
        executor.shutdownNow();
    }
}
