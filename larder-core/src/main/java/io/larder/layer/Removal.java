package io.larder.layer;

import io.larder.spi.Backend;
import io.larder.spi.KeyPattern;
import io.larder.spi.Reply;
import java.util.Optional;

/** What is to leave a cache; as a line of ASCII, whatever characters the text has. Immutable. */
record Removal(Kind kind, String text) {

    static final Removal ALL = new Removal(Kind.ALL, "");

    /** What the text names; a line begins with the first letter. */
    enum Kind {
        KEY,
        TAG,
        PATTERN,
        ALL
    }

    /** Returns the reply of {@code backend}, which is asked to remove it. */
    Reply<?> from(Backend<String, ?> backend) {
        return switch (kind) {
            case KEY -> backend.remove(text);
            case TAG -> backend.invalidateTag(text);
            case PATTERN -> backend.removeMatching(KeyPattern.glob(text));
            case ALL -> backend.clear();
        };
    }

    /** Returns the line, which ends with its only line feed. */
    String line() {
        StringBuilder line = new StringBuilder(text.length() + 8)
                .append(kind.name().charAt(0))
                .append(' ');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f && c != '%') {
                line.append(c);
            } else {
                line.append('%').append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                line.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return line.append('\n').toString();
    }

    /** Returns what {@code line}, without its line feed, says, or nothing when no {@link #line} is like that. */
    static Optional<Removal> parse(String line) {
        for (Kind kind : Kind.values()) {
            if (line.length() >= 2 && line.charAt(0) == kind.name().charAt(0) && line.charAt(1) == ' ') {
                return text(line.substring(2)).map(text -> new Removal(kind, text));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(String escaped) {
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return Optional.empty();
            }
            if (c == '%') {
                int unit = unit(escaped, i + 1);
                if (unit < 0) {
                    return Optional.empty();
                }
                text.append((char) unit);
                i += 4;
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString());
    }

    /** Returns what the four digits from {@code start} say, or -1. */
    private static int unit(String escaped, int start) {
        int unit = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < escaped.length() ? Character.digit(escaped.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
