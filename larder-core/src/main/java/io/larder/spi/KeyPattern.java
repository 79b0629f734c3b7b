package io.larder.spi;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A glob over keys: {@code *} any run, {@code ?} one character, {@code [a-z]} and {@code [^a-z]} one of a set, {@code \} takes
 * the next character as it is. Characters are Unicode code points. Immutable.
 *
 * <p>Matching takes at most pattern length times key length steps, whatever the pattern: it goes back to the last star only.
 */
public final class KeyPattern {

    /** Matches every key. */
    public static final KeyPattern ALL = glob("*");

    private final String glob;
    private final List<Part> parts;
    private final @Nullable Predicate<String> condition;

    private KeyPattern(String glob, List<Part> parts, @Nullable Predicate<String> condition) {
        this.glob = glob;
        this.parts = parts;
        this.condition = condition;
    }

    /** Returns the pattern that {@code glob} describes; an unclosed set or a trailing {@code \} is refused. */
    public static KeyPattern glob(String glob) {
        return new KeyPattern(glob, new GlobParser(glob).parse(), null);
    }

    /** Returns one that matches the keys that {@code condition} accepts; {@code description} stands for it in messages. */
    public static KeyPattern where(String description, Predicate<String> condition) {
        return new KeyPattern(description, List.of(), condition);
    }

    /** Returns a glob that matches {@code text} and nothing else. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*?[]\\^".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** Returns whether every key matches, so that nobody needs to look at them. */
    public boolean isAll() {
        return parts.size() == 1 && parts.get(0) == Part.STAR;
    }

    /** Returns what every matching key begins with, so that a backend asks its server for no others; may be empty. */
    public String literalPrefix() {
        if (condition != null) {
            return "";
        }
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < glob.length() && "*?[".indexOf(glob.charAt(i)) < 0; i++) {
            if (glob.charAt(i) == '\\') {
                i++;
            }
            prefix.append(glob.charAt(i));
        }
        return prefix.toString();
    }

    /** Returns whether the whole of {@code key} matches. */
    public boolean matches(String key) {
        if (condition != null || isAll()) {
            return condition == null || condition.test(key);
        }
        int part = 0;
        int at = 0;
        int starPart = -1;
        int starAt = -1;
        while (at < key.length()) {
            int codePoint = key.codePointAt(at);
            if (part < parts.size() && parts.get(part) == Part.STAR) {
                starPart = part++;
                starAt = at;
            } else if (part < parts.size() && parts.get(part).accepts(codePoint)) {
                part++;
                at += Character.charCount(codePoint);
            } else if (starPart >= 0) {
                part = starPart + 1;
                starAt += Character.charCount(key.codePointAt(starAt));
                at = starAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == Part.STAR) {
            part++;
        }
        return part == parts.size();
    }

    /** Returns the glob as it was given, or what describes the condition. */
    @Override
    public String toString() {
        return glob;
    }

    /** What one character of a key is compared with. */
    @FunctionalInterface
    interface Part {

        Part STAR = codePoint -> true;
        Part ANY = codePoint -> codePoint >= 0;

        boolean accepts(int codePoint);

        static Part literal(int expected) {
            return codePoint -> codePoint == expected;
        }

        static Part set(List<int[]> ranges, boolean negated) {
            return codePoint ->
                    negated != ranges.stream().anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]);
        }
    }
}
