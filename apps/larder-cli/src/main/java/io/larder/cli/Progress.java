package io.larder.cli;

import io.larder.spi.Backend;
import io.larder.spi.KeyPattern;
import io.larder.spi.Pages;
import java.util.List;
import java.util.Locale;

/**
 * Shows on standard error how far a long walk has come: a bar on a terminal, elsewhere a line now and then. Confined to one thread.
 *
 * <p>No backend knows how many keys match, so for a bar they are counted first, which is one more walk.
 */
final class Progress {

    private static final int BAR_WIDTH = 30;
    /** Of the lines that a log gets. */
    private static final long ENTRIES_PER_LINE = 100_000;

    private final Console console;
    private final boolean terminal;
    private String what = "";
    private long total;
    private long done;
    private int shown;

    Progress(Console console) {
        this.console = console;
        this.terminal = console.terminal().getAsBoolean();
    }

    void begin(String what, Backend<String, byte[]> walked, KeyPattern pattern) {
        this.what = what;
        this.done = 0;
        if (terminal) {
            show("counting");
            total = count(walked.keys(pattern));
            add(0);
        }
    }

    void add(long entries) {
        long before = done;
        done += entries;
        if (terminal) {
            show(bar());
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

    private static long count(Pages<String> keys) {
        long count = 0;
        for (List<String> page = keys.next().join();
                !page.isEmpty();
                page = keys.next().join()) {
            count += page.size();
        }
        return count;
    }
}
