package io.larder.testkit.trials;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A program of a {@link FleetTrial}: {@code <url>}. It does what it is told: {@code ask <key> <callers>}, {@code go}, which lets its loader
 * end. It says {@code ready}, {@code loading <value>}, {@code waiting} when all its callers have missed, and
 * {@code answered <callers> <values>}.
 */
final class FleetProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cache<String, String> cache;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "larder-trial-caller");
        thread.setDaemon(true);
        return thread;
    });
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile CompletableFuture<String> go = new CompletableFuture<>();

    private FleetProcess(Cache<String, String> cache) {
        this.cache = cache;
    }

    public static void main(String[] args) throws Exception {
        try (Larder larder = Larder.open(args[0])) {
            FleetProcess process = new FleetProcess(Caches.texts(larder));
            // Many programs start at once, and a connection may take longer than it is given.
            Await.until("the backend answers", PATIENCE, process::isAnswered);
            process.say("ready");
            process.obey();
        }
    }

    private boolean isAnswered() {
        try {
            cache.ping();
            return true;
        } catch (BackendException notYet) {
            return false;
        }
    }

    /** Writes a line in one piece, for several threads write. */
    private void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("The trial does not listen", e);
        }
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("go")) {
                go.complete("");
            } else {
                go = new CompletableFuture<>();
                threads.execute(() -> ask(words[1], Integer.parseInt(words[2])));
            }
        }
    }

    private void ask(String key, int callers) {
        try {
            long missesBefore = cache.stats().misses();
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(
                        i % 2 == 0
                                ? CompletableFuture.supplyAsync(
                                        () -> String.valueOf(cache.get(key, this::load)), threads)
                                : cache.async().get(key, this::loadLater).thenApply(String::valueOf));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
            Await.until(
                    "all callers have missed",
                    PATIENCE,
                    () -> cache.stats().misses() - missesBefore == callers || all.isDone());
            say("waiting");
            Set<String> values = new TreeSet<>();
            answers.forEach(answer ->
                    values.add(answer.exceptionally(String::valueOf).join().replace(' ', '_')));
            say("answered " + answers.size() + " " + String.join(",", values));
        } catch (RuntimeException | AssertionError e) {
            say("failed " + e);
        }
    }

    private String load(String key) throws Exception {
        return loadLater(key).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<String> loadLater(String key) {
        String value = key + ":" + ProcessHandle.current().pid();
        CompletableFuture<String> told = go.thenApply(empty -> value);
        say("loading " + value);
        return told;
    }
}
