package io.larder.bench.growth;

import java.util.List;
import java.util.Locale;

/** Curves that have their sizes and figures in common, in the order of the page. */
@SuppressWarnings("ImmutableEnumChecker") // Lists that nobody can change.
enum Topic {
    /** By entries. */
    MEMORY(
            "Entries in memory",
            "entries",
            List.of(Figure.GET_NANOS, Figure.PUT_OVER_NANOS, Figure.PUT_NEW_NANOS, Figure.HEAP_BYTES),
            """
            One caller; keys are asked for in no order, so that the more there are, the fewer of them the processor's own caches hold:
            that is what Caffeine's growth beside ours shows. Each entry has a ttl of an hour. *Put new* is in a cache of that size.
            *Heap* is what an entry adds beside its key and its value.
            """),
    /** By entries. */
    DISK("Entries on disk", "entries", List.of(Figure.GET_MICROS, Figure.PUT_MICROS, Figure.DISK_BYTES), """
            One caller; values of 100 B; keys are asked for in no order, without copies in memory (`memory=0`), which would answer
            for small folders alone. The bytes are those of all files after closing. 10,000,000 entries are left out: filling the folder
            takes longer than all the rest.
            """),
    /** By members of a tag. */
    TAGS("Members of a tag", "members", List.of(Figure.GET_MICROS, Figure.PUT_MICROS, Figure.INVALIDATE_MICROS), """
            One caller; all entries have one tag, and no others. A put is over an entry of the tag, and with it. An invalidation
            removes all its members, and its time is divided by their number.
            """),
    /** By threads. */
    CALLERS("Callers of a get", "callers", List.of(Figure.KILOCALLS, Figure.P99_MICROS), """
            So many threads of one process share one cache of 10,000 entries of 100 B, each waiting for its answer before it asks
            again. All set off together; what is counted are the calls that end in a window which opens once every one of them has had
            an answer. Where callers are more than processors, each waits for its turn: the 99th percentile may grow as they do.
            """),
    /** By bytes of a value. */
    VALUES(
            "Bytes of a value",
            "value",
            List.of(Figure.GET_MICROS, Figure.PUT_MICROS, Figure.GET_MEGABYTES, Figure.PUT_MEGABYTES),
            """
            One caller; eight keys in turn; the codec is `bytes`. In memory values are kept by reference, so their size should not
            matter, and no bytes are moved. On disk without copies in memory.
            """);

    private static final long KIBI = 1_024;

    private final String title;
    private final String sizes;
    private final List<Figure> figures;
    private final String text;

    Topic(String title, String sizes, List<Figure> figures, String text) {
        this.title = title;
        this.sizes = sizes;
        this.figures = figures;
        this.text = text;
    }

    String title() {
        return title;
    }

    /** Returns what the sizes are of. */
    String sizes() {
        return sizes;
    }

    List<Figure> figures() {
        return figures;
    }

    /** Returns how it is measured. */
    String text() {
        return text;
    }

    String sizeText(long size) {
        if (this != VALUES) {
            return String.format(Locale.ROOT, "%,d", size);
        }
        if (size >= KIBI * KIBI) {
            return size / KIBI / KIBI + " MiB";
        }
        return size >= KIBI ? size / KIBI + " KiB" : size + " B";
    }
}
