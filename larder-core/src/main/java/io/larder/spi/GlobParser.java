package io.larder.spi;

import io.larder.spi.KeyPattern.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads a glob. Confined to one thread. */
final class GlobParser {

    private final String glob;
    private int at;

    GlobParser(String glob) {
        this.glob = glob;
    }

    List<Part> parse() {
        List<Part> parts = new ArrayList<>();
        while (at < glob.length()) {
            int codePoint = next();
            switch (codePoint) {
                case '*' -> addStar(parts);
                case '?' -> parts.add(Part.ANY);
                case '[' -> parts.add(set());
                case '\\' -> parts.add(Part.literal(escaped()));
                default -> parts.add(Part.literal(codePoint));
            }
        }
        return List.copyOf(parts);
    }

    private static void addStar(List<Part> parts) {
        if (parts.isEmpty() || parts.get(parts.size() - 1) != Part.STAR) {
            parts.add(Part.STAR);
        }
    }

    private Part set() {
        boolean negated = at < glob.length() && glob.charAt(at) == '^';
        if (negated) {
            at++;
        }
        List<int[]> ranges = new ArrayList<>();
        while (true) {
            int from = inSet();
            if (from == ']') {
                return Part.set(List.copyOf(ranges), negated);
            }
            int low = from == '\\' ? escaped() : from;
            int high = low;
            if (at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']') {
                at++;
                int to = inSet();
                high = to == '\\' ? escaped() : to;
            }
            ranges.add(new int[] {Math.min(low, high), Math.max(low, high)});
        }
    }

    private int inSet() {
        if (at >= glob.length()) {
            throw new IllegalArgumentException(
                    "Unclosed '[' in pattern '" + glob + "'. Close it with ']', or write '\\[' for the character");
        }
        return next();
    }

    private int escaped() {
        if (at >= glob.length()) {
            throw new IllegalArgumentException(
                    "Nothing follows the last '\\' in pattern '" + glob + "'. Write '\\\\' for the character");
        }
        return next();
    }

    private int next() {
        int codePoint = glob.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }
}
