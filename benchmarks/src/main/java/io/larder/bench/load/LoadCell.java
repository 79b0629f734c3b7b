package io.larder.bench.load;

import java.util.List;
import java.util.Locale;

/** What is done, on how many threads, with values of which size. */
public record LoadCell(LoadWorkload workload, int threads, int valueBytes) {

    /** The numbers of threads that are measured. */
    public static final List<Integer> THREADS = List.of(1, 16, 64);

    /** The sizes of values that are measured. */
    public static final List<Integer> VALUE_BYTES = List.of(64, 1_024);

    /** Returns a size as people write it. */
    public static String sizeText(int valueBytes) {
        return valueBytes % 1_024 == 0 ? valueBytes / 1_024 + " KiB" : valueBytes + " B";
    }

    /** Returns a few words for a progress line. */
    String text() {
        return String.format(Locale.ROOT, "%-24s %5s %2d thread(s)", workload.label(), sizeText(valueBytes), threads);
    }
}
