package io.larder.disk;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of a trial: {@code <url> <name> <seed> <steps done by each thread>…}. It tells what it has done, a line for each step,
 * {@code <thread> <steps>}, and does what it is told: {@code put <text>}, {@code remove}, {@code invalidate}, {@code match}, {@code clear},
 * {@code get}, {@code stop}.
 */
final class DiskProcess {

    private static final int SHARED_KEYS = 50;
    private static final StringCodec TEXTS = new StringCodec();

    private final Larder larder;
    private final String name;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong adds = new AtomicLong();
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile boolean stopped;

    private DiskProcess(Larder larder, String name) {
        this.larder = larder;
        this.name = name;
    }

    public static void main(String[] args) throws Exception {
        try (Larder larder = Larder.open(args[0])) {
            DiskProcess process = new DiskProcess(larder, args[1]);
            List<Thread> threads = new ArrayList<>();
            for (int i = 3; i < args.length; i++) {
                Book book = new Book(Long.parseLong(args[2]) + i - 3, args[1] + " " + (i - 3));
                while (book.steps() < Long.parseLong(args[i])) {
                    book.done();
                }
                int thread = i - 3;
                threads.add(new Thread(() -> process.run(thread, book)));
            }
            threads.forEach(Thread::start);
            process.obey();
            for (Thread thread : threads) {
                thread.join();
            }
            process.tell("end " + process.calls + " " + process.errors + " " + process.wrong + " " + process.adds);
        }
    }

    /** Writes a line in one piece, so that the end of this process leaves no half of one. */
    private void tell(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            stopped = true;
        }
    }

    private void obey() throws IOException {
        Cache<String, String> baton =
                larder.cache("baton", String.class, String.class).codec(TEXTS).build();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
            if (line.equals("get")) {
                tell("is " + baton.get("baton"));
                continue;
            }
            switch (line) {
                case "remove" -> baton.remove("baton");
                case "invalidate" -> baton.invalidateTag("held");
                case "match" -> baton.removeMatching("b*");
                case "clear" -> baton.clear();
                default -> baton.put("baton", line.substring("put ".length()), EntryOptions.tagged("held"));
            }
            tell("ok");
        }
        stopped = true;
    }

    private void run(int thread, Book book) {
        Cache<String, byte[]> own = Book.cache(larder, book.name());
        Cache<String, Long> counters = Book.counters(larder, book.name());
        Random random = new Random(book.steps() + thread);
        boolean alone = name.startsWith("crash");
        while (!stopped) {
            try {
                book.next().run(own, counters);
                book.done();
                tell(thread + " " + book.steps());
                calls.incrementAndGet();
                if (!alone) {
                    String difference = book.difference(own, random.nextInt(Script.KEYS));
                    if (difference != null) {
                        wrong(difference);
                    }
                    share(random);
                    calls.addAndGet(2);
                }
            } catch (BackendException e) {
                errors.incrementAndGet();
                tell("error " + e.getMessage());
                // Whether the step was done is not known, so nothing can be said about what comes after it.
                return;
            }
        }
    }

    /** Does something in a cache that all threads of all processes use. */
    private void share(Random random) {
        Cache<String, String> shared =
                larder.cache("shared", String.class, String.class).codec(TEXTS).build();
        String key = "key " + random.nextInt(SHARED_KEYS);
        String made = text(key, random.nextInt(1 << 30));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> check(key, shared.get(key));
            case 4 -> check(key, shared.get(key, missing -> made));
            case 5, 6 -> shared.put(key, made, EntryOptions.tagged("tag " + random.nextInt(3)));
            case 7 -> shared.remove(key);
            case 8 -> {
                if (random.nextInt(20) == 0) {
                    shared.invalidateTag("tag " + random.nextInt(3));
                }
            }
            default -> {
                Book.counters(larder, "shared").counters().add("n", 1);
                adds.incrementAndGet();
            }
        }
    }

    private static String text(String key, int number) {
        return key + ":" + number + ":" + ("" + (char) ('a' + number % 26)).repeat(number % 5_000);
    }

    private void check(String key, String value) {
        if (value != null) {
            String[] parts = value.split(":", 3);
            if (!parts[0].equals(key) || !value.equals(text(key, Integer.parseInt(parts[1])))) {
                wrong("key '" + key + "' holds '" + value + "'");
            }
        }
    }

    private void wrong(String what) {
        wrong.incrementAndGet();
        tell("wrong " + what);
    }
}
