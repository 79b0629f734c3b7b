package io.larder.bench.tiers;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what a Redis is asked, whoever asks. */
final class ServerCommands implements AutoCloseable {

    private static final Pattern COUNT = Pattern.compile("(?m)^total_commands_processed:(\\d+)");

    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    ServerCommands(int port) {
        client = RedisClient.create("redis://127.0.0.1:" + port);
        commands = client.connect().sync();
    }

    /** Returns how many commands came while {@code work} was done. */
    long during(Runnable work) {
        long before = count();
        work.run();
        // The question itself is one.
        return count() - before - 1;
    }

    private long count() {
        Matcher count = COUNT.matcher(commands.info("stats"));
        if (!count.find()) {
            throw new IllegalStateException("Redis does not say how many commands it has processed");
        }
        return Long.parseLong(count.group(1));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
