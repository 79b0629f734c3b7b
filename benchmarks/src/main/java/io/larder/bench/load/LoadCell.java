package io.larder.bench.load;

import java.util.Locale;

/** What is done, on how many threads, with values of which size. */
public record LoadCell(LoadWorkload workload, int threads, int valueBytes) {

    /** Returns a size as people write it. */
    public static String sizeText(int valueBytes) {
        return valueBytes % 1_024 == 0 ? valueBytes / 1_024 + " KiB" : valueBytes + " B";
    }

    /** Returns a few words for a progress line. */
    String text() {
        return String.format(Locale.ROOT, "%-24s %5s %3d thread(s)", workload.label(), sizeText(valueBytes), threads);
    }
}
