package io.larder.bench.load;

import io.larder.bench.worker.Crew;
import io.larder.bench.worker.Orders;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Does what a {@link WorkerProcess} asks for, in the JVM of one peer.
 *
 * <p>Says {@value Orders#READY} first. Then a line of words comes in, a line goes back: {@code fill 64} is answered by an empty line,
 * {@code run GET 16 64 400 1100} by figures. Ends with its input.
 */
public final class Worker {

    /** Of every entry. */
    public static final Duration TTL = Duration.ofHours(1);

    private Worker() {}

    /** Serves a peer until the input of this JVM ends; what a {@code main} does with the arguments of {@link WorkerProcess#start}. */
    public static void run(Function<String, ? extends LoadPeer> peers, String... args) throws IOException {
        run(peers, Crew.Kind.PLATFORM, args);
    }

    /** Does so with callers on threads of this kind. */
    public static void run(Function<String, ? extends LoadPeer> peers, Crew.Kind callers, String... args)
            throws IOException {
        // What a library prints must not pass for an answer.
        PrintStream answers = System.out;
        System.setOut(System.err);
        LoadPeer peer = peers.apply(args[0]);
        try (RemoteCache cache = peer.open(Integer.parseInt(args[1]), TTL)) {
            serve(cache, peer.ordinal() + ":", callers, Long.parseLong(args[2]), System.in, answers);
        }
        // Some libraries leave threads behind.
        System.exit(0);
    }

    /** Serves until {@code orders} ends; {@code serverPid} is the process whose time the calls take on the other side. */
    static void serve(
            RemoteCache cache,
            String keyPrefix,
            Crew.Kind callers,
            long serverPid,
            InputStream orders,
            PrintStream answers)
            throws IOException {
        ProcessorTime client = ProcessorTime.of(ProcessHandle.current().pid());
        Load load = new Load(cache, keyPrefix, callers, client, ProcessorTime.of(serverPid));
        Orders.serve(
                Map.of(
                        "fill",
                        words -> {
                            load.fill(Integer.parseInt(words[1]));
                            return "";
                        },
                        "run",
                        words -> load.run(cell(words), millis(words[4]), millis(words[5]))
                                .csv()),
                orders,
                answers);
    }

    static String fill(int valueBytes) {
        return "fill " + valueBytes;
    }

    static String run(LoadCell cell, Duration warmup, Duration measured) {
        return "run %s %d %d %d %d"
                .formatted(cell.workload(), cell.threads(), cell.valueBytes(), warmup.toMillis(), measured.toMillis());
    }

    private static LoadCell cell(String[] words) {
        return new LoadCell(LoadWorkload.valueOf(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }

    private static Duration millis(String word) {
        return Duration.ofMillis(Long.parseLong(word));
    }
}
