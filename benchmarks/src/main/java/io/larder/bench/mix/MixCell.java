package io.larder.bench.mix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values of which size, and how many callers at a time.
 *
 * @param callers threads or processes, as a peer has it
 */
public record MixCell(int valueBytes, int callers) {

    /** The numbers of callers that are measured. */
    public static final List<Integer> CALLERS = List.of(1, 8);

    /** Returns all cells of these sizes. */
    public static List<MixCell> of(List<Integer> valueBytes) {
        List<MixCell> cells = new ArrayList<>();
        for (int bytes : valueBytes) {
            CALLERS.forEach(callers -> cells.add(new MixCell(bytes, callers)));
        }
        return cells;
    }

    /** Returns a few words for a progress line. */
    String text() {
        return String.format(Locale.ROOT, "%6d B  %d caller(s)", valueBytes, callers);
    }
}
