package io.larder.url;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
public final class Nearest {

    private Nearest() {}

    /** Returns " Did you mean 'x'? Known: …", with a leading space, or without the question where nothing is near. */
    public static String hint(String given, Collection<String> known) {
        String meant =
                among(given, known).map(near -> " Did you mean '" + near + "'?").orElse("");
        return meant + (known.isEmpty() ? " There are none." : " Known: " + String.join(", ", known) + ".");
    }

    /** Returns the known word that is nearest to {@code given}, if one is near enough to be a slip. */
    public static Optional<String> among(String given, Collection<String> known) {
        String word = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3)
                        || word.startsWith(candidate)
                        || (word.length() > 1 && candidate.startsWith(word)))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Counts the letters to insert, drop or change (Levenshtein, 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
