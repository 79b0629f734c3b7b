package io.larder.cli;

import io.larder.spi.Backend;
import io.larder.spi.KeyPattern;
import io.larder.spi.Pages;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how far a long walk has come: on a terminal a bar, once it takes longer than a second; elsewhere a line now
 * and then. Confined to one thread.
 *
 * <p>No backend knows how many keys match, so for a bar they are counted first, which is one more walk.
 */
final class Progress {

    private static final long UNKNOWN = -1;
    private static final int BAR_WIDTH = 30;
    private static final long HIDDEN_NANOS = 1_000_000_000L;
    private static final long DRAW_NANOS = 100_000_000L;
    /** Of the lines that a log gets. */
    private static final long ENTRIES_PER_LINE = 100_000;

    private final Console console;
    private final boolean terminal;
    private String what = "";
    private long total;
    private long done;
    private long nextNanos;
    private int shown;

    Progress(Console console) {
        this.console = console;
        this.terminal = console.terminal().getAsBoolean();
    }

    void begin(String what, Backend<String, byte[]> walked, KeyPattern pattern) {
        begin("counting");
        if (terminal) {
            long count = count(walked.keys(pattern));
            begin(what, count);
            add(0);
        } else {
            begin(what);
        }
    }

    /** Begins what nobody knows the end of. */
    void begin(String what) {
        begin(what, UNKNOWN);
    }

    void begin(String what, long total) {
        this.what = what;
        this.total = total;
        this.done = 0;
        this.nextNanos = console.nanos().getAsLong() + HIDDEN_NANOS;
    }

    void add(long entries) {
        at(done + entries);
    }

    /** Says how many are done by now. */
    void at(long entries) {
        long before = done;
        done = entries;
        if (terminal) {
            long now = console.nanos().getAsLong();
            if (now - nextNanos >= 0) {
                nextNanos = now + DRAW_NANOS;
                show(total == UNKNOWN ? String.format(Locale.ROOT, "%s: %,d", what, done) : bar());
            }
        } else if (done / ENTRIES_PER_LINE > before / ENTRIES_PER_LINE) {
            console.err().print(String.format(Locale.ROOT, "%s: %,d entries\n", what, done));
            console.err().flush();
        }
    }

    void end() {
        clear();
    }

    /** Makes room for a line. */
    void clear() {
        if (shown > 0) {
            show("");
            console.err().print('\r');
            console.err().flush();
        }
    }

    /** Does {@code work}, which cannot say how far it is; a person is told every second that it goes on. */
    <T extends @Nullable Object> T during(String doing, Supplier<T> work) {
        if (!terminal) {
            return work.get();
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread teller = new Thread(() -> tell(doing, ended), "larder-progress-1");
        teller.setDaemon(true);
        teller.start();
        try {
            return work.get();
        } finally {
            ended.countDown();
            join(teller);
            clear();
        }
    }

    private void tell(String doing, CountDownLatch ended) {
        try {
            for (int seconds = 1; !ended.await(1, TimeUnit.SECONDS); seconds++) {
                show(doing + ": " + seconds + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread teller) {
        try {
            teller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String bar() {
        // Entries may have come since they were counted.
        long of = Math.max(Math.max(total, done), 1);
        int filled = (int) (BAR_WIDTH * done / of);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3d %% of %,d",
                what,
                "#".repeat(filled),
                ".".repeat(BAR_WIDTH - filled),
                100 * done / of,
                of);
    }

    /** Draws over what is there. */
    private void show(String text) {
        console.err().print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        console.err().flush();
        shown = text.length();
    }

    private long count(Pages<String> keys) {
        for (List<String> page = keys.next().join();
                !page.isEmpty();
                page = keys.next().join()) {
            add(page.size());
        }
        return done;
    }
}
