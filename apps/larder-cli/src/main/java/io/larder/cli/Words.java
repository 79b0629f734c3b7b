package io.larder.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of the shell into words at blanks.
 *
 * <p>Like a POSIX shell, except that JSON needs no quotes around it: a word that begins with a bracket ends
 * where that closes, and a quote inside a word is a character.
 */
final class Words {

    private final String line;
    private int at;

    private Words(String line) {
        this.line = line;
    }

    /** Returns the words, or refuses a line that ends within a quote or after a backslash. */
    static List<String> of(String line) {
        Words words = new Words(line);
        List<String> found = new ArrayList<>();
        while (words.skipBlanks()) {
            found.add(words.next());
        }
        return found;
    }

    private boolean skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at < line.length();
    }

    private String next() {
        char first = line.charAt(at);
        return switch (first) {
            case '\'', '"' -> quoted(first);
            case '{', '[' -> bracketed();
            default -> bare();
        };
    }

    private String quoted(char quote) {
        int from = at;
        StringBuilder word = new StringBuilder();
        for (at++; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == quote) {
                at++;
                return endOf(word.toString(), from);
            }
            if (c == '\\' && quote == '"' && at + 1 < line.length() && "\"\\".indexOf(line.charAt(at + 1)) >= 0) {
                c = line.charAt(++at);
            }
            word.append(c);
        }
        throw new IllegalArgumentException(
                "The quote at character " + (from + 1) + " is not closed. Write " + quote + " where the word ends");
    }

    private String endOf(String word, int from) {
        if (at < line.length() && !isBlank(line.charAt(at))) {
            throw new IllegalArgumentException("The word that begins at character " + (from + 1)
                    + " goes on after its quote. Put a blank there, or the whole word in quotes");
        }
        return word;
    }

    /** Takes all up to the closing bracket, then up to a blank; a bracket that is never closed is a character. */
    private String bracketed() {
        int from = at;
        int depth = 0;
        boolean inString = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                at = i + 1;
                break;
            }
        }
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(from, at);
    }

    private String bare() {
        StringBuilder word = new StringBuilder();
        for (; at < line.length() && !isBlank(line.charAt(at)); at++) {
            if (line.charAt(at) == '\\' && ++at == line.length()) {
                throw new IllegalArgumentException(
                        "The line ends after a backslash. Write \\\\ for the character itself");
            }
            word.append(line.charAt(at));
        }
        return word.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
