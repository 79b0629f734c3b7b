package io.larder.spring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables that a statement in SQL may write: if it writes, all that it names. That is more than it writes, and needs no grammar of any
 * dialect.
 */
final class WrittenTables {

    /** Comments and literals are passed by; a name may be quoted in three ways, and have a schema before it. */
    private static final Pattern TOKEN = Pattern.compile("--[^\\n]*|/\\*(?s:.*?)\\*/|'[^']*'"
            + "|(?<name>(?:\"[^\"]+\"|`[^`]+`|\\[[^\\]]+]|[\\p{L}_][\\p{L}\\p{N}_$#]*)"
            + "(?:\\s*\\.\\s*(?:\"[^\"]+\"|`[^`]+`|\\[[^\\]]+]|[\\p{L}_][\\p{L}\\p{N}_$#]*))*)|(?<mark>[(),])");

    private static final Set<String> WRITES =
            Set.of("insert", "update", "delete", "merge", "truncate", "drop", "alter", "into");
    private static final Set<String> BEFORE_TABLES = Set.of(
            "into", "update", "delete", "from", "join", "using", "table", "truncate", "insert", "merge", "replace");
    /** What may stand between those and the table. */
    private static final Set<String> FILLERS = Set.of(
            "only",
            "if",
            "exists",
            "ignore",
            "low_priority",
            "delayed",
            "quick",
            "lateral",
            "as",
            "into",
            "table",
            "from",
            "overwrite");

    private static final int ALIAS_WORDS_MAX = 2;

    private WrittenTables() {}

    static Set<String> of(String sql) {
        List<String> tokens = tokens(sql);
        return isWrite(tokens) ? tables(tokens) : Set.of();
    }

    private static List<String> tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            String name = matcher.group("name");
            if (name != null) {
                tokens.add(name.toLowerCase(Locale.ROOT).replaceAll("[\"`\\[\\]\\s]", ""));
            } else if (matcher.group("mark") != null) {
                tokens.add(matcher.group("mark"));
            }
        }
        return tokens;
    }

    private static boolean isWrite(List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            // "for update", "for no key update" lock what they read.
            boolean locks = i > 0
                    && (tokens.get(i - 1).equals("for") || tokens.get(i - 1).equals("key"));
            if ((WRITES.contains(tokens.get(i)) && !locks)
                    || (i == 0 && tokens.get(i).equals("replace"))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> tables(List<String> tokens) {
        Set<String> tables = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (BEFORE_TABLES.contains(tokens.get(i))) {
                addList(tokens, i + 1, tables);
            }
        }
        return tables;
    }

    /** Adds the tables of a list such as {@code orders o, lines as l}. */
    private static void addList(List<String> tokens, int from, Set<String> tables) {
        int at = from;
        while (at < tokens.size()) {
            while (at < tokens.size() && FILLERS.contains(tokens.get(at))) {
                at++;
            }
            if (at == tokens.size() || isMark(tokens.get(at))) {
                return;
            }
            tables.add(TableTags.name(tokens.get(at)));
            int end = Math.min(tokens.size(), at + 1 + ALIAS_WORDS_MAX);
            at++;
            while (at < end && !isMark(tokens.get(at))) {
                at++;
            }
            if (at == tokens.size() || !tokens.get(at).equals(",")) {
                return;
            }
            at++;
        }
    }

    private static boolean isMark(String token) {
        return token.equals("(") || token.equals(")") || token.equals(",");
    }
}
