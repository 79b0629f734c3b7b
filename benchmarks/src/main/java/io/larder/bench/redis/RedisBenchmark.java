package io.larder.bench.redis;

import io.larder.bench.load.Contestant;
import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadKeys;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.load.ProcessorTime;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Redis's own load program, which sends the same commands on a connection per caller. Confined to one thread. */
final class RedisBenchmark implements Contestant {

    /** What it puts a random number in place of, of twelve digits. */
    private static final String KEY = "key-__rand_int__";

    private static final String FILL = """
            redis.call('SELECT', ARGV[1])
            for number = 0, ARGV[2] - 1 do
              redis.call('SET', string.format('key-%012d', number), ARGV[3], 'PX', ARGV[4])
            end
            """;

    private static final int CALLS_MIN = 1_000;
    /** To find out how many calls fill the time. */
    private static final int PROBE_CALLS = 4_000;

    private final Path program;
    private final RedisServer server;
    private final int database;
    private final Duration ttl;

    RedisBenchmark(Path program, RedisServer server, int database, Duration ttl) {
        this.program = program;
        this.server = server;
        this.database = database;
        this.ttl = ttl;
    }

    @Override
    public boolean takes(LoadWorkload workload) {
        return workload != LoadWorkload.READ_THROUGH;
    }

    @Override
    public void fill(int valueBytes) {
        server.command(
                "EVAL",
                FILL,
                "0",
                String.valueOf(database),
                String.valueOf(LoadKeys.COUNT),
                "x".repeat(valueBytes),
                String.valueOf(ttl.toMillis()));
    }

    @Override
    public LoadFigures run(LoadCell cell, Duration warmup, Duration measured) {
        double speed = call(cell, PROBE_CALLS).callsPerSecond();
        return call(cell, Math.max(CALLS_MIN, (int) (speed * measured.toMillis() / 1e3)));
    }

    private LoadFigures call(LoadCell cell, int calls) {
        ProcessorTime client = ProcessorTime.ofEndedChildren();
        ProcessorTime ours = ProcessorTime.of(server.pid());
        double clientNanos = client.nanos();
        double serverNanos = ours.nanos();
        String printed = run(command(cell, calls));
        return parse(printed, (client.nanos() - clientNanos) / 1e3 / calls, (ours.nanos() - serverNanos) / 1e3 / calls);
    }

    private List<String> command(LoadCell cell, int calls) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--csv"));
        command.addAll(List.of("-p", String.valueOf(server.port()), "--dbnum", String.valueOf(database)));
        command.addAll(List.of("-c", String.valueOf(cell.threads()), "-n", String.valueOf(calls)));
        command.addAll(List.of("-r", String.valueOf(LoadKeys.COUNT)));
        command.addAll(
                switch (cell.workload()) {
                    case GET -> List.of("GET", KEY);
                    case PUT ->
                        List.of("SET", KEY, "x".repeat(cell.valueBytes()), "PX", String.valueOf(ttl.toMillis()));
                    case GET_ALL -> {
                        List<String> words = new ArrayList<>(List.of("MGET"));
                        words.addAll(Collections.nCopies(LoadKeys.BULK, KEY));
                        yield words;
                    }
                    case READ_THROUGH -> throw new IllegalArgumentException("redis-benchmark cannot read through");
                });
        return command;
    }

    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("redis-benchmark failed, it printed: " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while redis-benchmark ran", e);
        }
    }

    /** Reads the last line: the test's name, which may contain anything, speed, mean, least, p50, p95, p99, most. */
    static LoadFigures parse(String printed, double clientMicros, double serverMicros) {
        List<String> lines = printed.lines().toList();
        String[] fields = lines.get(lines.size() - 1).replace("\"", "").split(",", -1);
        int last = fields.length - 1;
        return new LoadFigures(
                Double.parseDouble(fields[last - 6]),
                Double.parseDouble(fields[last - 3]) * 1e3,
                Double.parseDouble(fields[last - 1]) * 1e3,
                clientMicros,
                serverMicros);
    }

    @Override
    public void close() {}
}
