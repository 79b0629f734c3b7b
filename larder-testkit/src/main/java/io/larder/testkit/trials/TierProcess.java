package io.larder.testkit.trials;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LarderException;
import io.larder.testkit.servers.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A program of a {@link TierTrial}: {@code <url> <keys>}. It reads all keys, over and over, and says {@code ready <coherence>}, and
 * {@code saw <key> <number> <nanos>} when it is shown another number than before: the one before, and when it was last asked for. To
 * {@code tell} it says the same of every key, and then {@code told <reads>}.
 */
final class TierProcess {

    private static final long BREATH_NANOS = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cache<String, Long> cache;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final String[] keys;
    private final long[] numbers;
    private final long[] nanos;
    private long reads;

    private TierProcess(Cache<String, Long> cache, int keys) {
        this.cache = cache;
        this.keys = new String[keys];
        this.numbers = new long[keys];
        this.nanos = new long[keys];
        for (int i = 0; i < keys; i++) {
            this.keys[i] = TierTrial.key(i);
        }
    }

    public static void main(String[] args) throws Exception {
        try (Larder larder = Larder.open(args[0])) {
            new TierProcess(Caches.numbers(larder), Integer.parseInt(args[1])).run();
        }
    }

    private void run() throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Many programs start at once, and a connection may take longer than it is given.
        Await.until("the backend answers", PATIENCE, () -> {
            out.println("ready " + cache.stats().backend().details().get("coherence"));
            return true;
        });
        while (!isOver(in)) {
            for (int i = 0; i < keys.length; i++) {
                read(i);
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
    }

    private void read(int i) {
        long begun = StopClock.sharedNanos();
        Long number = get(keys[i]);
        reads++;
        if (number == null) {
            return;
        }
        if (number != numbers[i]) {
            say(i);
            numbers[i] = number;
        }
        nanos[i] = begun;
    }

    private @Nullable Long get(String key) {
        try {
            return cache.get(key);
        } catch (LarderException failed) {
            return null;
        }
    }

    private void say(int i) {
        out.println("saw " + keys[i] + " " + numbers[i] + " " + nanos[i]);
    }

    private boolean isOver(BufferedReader in) throws IOException {
        while (in.ready()) {
            if (in.readLine() == null) {
                return true;
            }
            for (int i = 0; i < keys.length; i++) {
                say(i);
            }
            out.println("told " + reads);
        }
        return false;
    }
}
