package io.larder.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes values as YAML. */
final class Listing {

    private static final int COLUMN_MAX = 48;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/](?:[A-Za-z0-9_./+*,=?&%@-]|:(?=\\S))*");
    private static final Set<String> NOTHING = Set.of("null", "Null", "NULL");

    private Listing() {}

    static String of(List<ConfigValue> values) {
        StringBuilder text = new StringBuilder();
        int column = values.stream()
                .mapToInt(value -> line(value).length())
                .filter(length -> length <= COLUMN_MAX)
                .max()
                .orElse(0);
        List<String> open = List.of();
        for (ConfigValue value : values) {
            List<String> parents = value.path().subList(0, value.path().size() - 1);
            for (int depth = 0; depth < parents.size(); depth++) {
                if (open.size() <= depth || !open.subList(0, depth + 1).equals(parents.subList(0, depth + 1))) {
                    text.append("  ".repeat(depth))
                            .append(scalar(parents.get(depth)))
                            .append(":\n");
                    open = parents.subList(0, depth + 1);
                }
            }
            open = parents;
            String line = line(value);
            text.append(line)
                    .append(" ".repeat(Math.max(0, column - line.length())))
                    .append("  # ")
                    .append(value.source())
                    .append('\n');
        }
        return text.toString();
    }

    private static String line(ConfigValue value) {
        int depth = value.path().size() - 1;
        String name = value.path().get(depth);
        // What nobody has set may be told in words that nobody could set.
        return "  ".repeat(depth)
                + (value.isStandard()
                        ? "# " + name + ": " + value.value()
                        : scalar(name) + ": " + scalar(Variables.escaped(value.value())));
    }

    /** Returns the text, in quotes where it could be taken for anything else. */
    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !NOTHING.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (Character.isISOControl(point) || point == 0x2028 || point == 0x2029 || point == 0xFEFF) {
                quoted.append(String.format("\\u%04X", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }
}
