package io.larder.memcached.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code STAT name value} lines until {@code END}. Confined to one call. */
final class StatLines implements TextCall.Lines<Map<String, String>> {

    private static final int LINES_MAX = 20_000;
    private static final String BEGINNING = "STAT ";

    private final Map<String, String> stats = new LinkedHashMap<>();

    @Override
    public boolean line(String line) throws MalformedReplyException {
        if (line.equals("END")) {
            return true;
        }
        if (!line.startsWith(BEGINNING) || stats.size() == LINES_MAX) {
            throw new MalformedReplyException("is no statistic, or one of more than " + LINES_MAX);
        }
        int blank = line.indexOf(' ', BEGINNING.length());
        int nameEnd = blank < 0 ? line.length() : blank;
        stats.put(line.substring(BEGINNING.length(), nameEnd), blank < 0 ? "" : line.substring(blank + 1));
        return false;
    }

    @Override
    public Map<String, String> result() {
        return Collections.unmodifiableMap(stats);
    }
}
