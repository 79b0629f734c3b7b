package io.larder.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * How alike a text is to the one that is searched for, from 0 to 100. Immutable.
 *
 * <p>100 is the text itself, upper and lower case aside; 99 has it in it. Below that, each word that is searched for is compared with the
 * word that is most like it, in percent of Jaro and Winkler, and the mean counts.
 */
final class Similarity {

    private static final int SAME = 100;
    private static final int CONTAINED = 99;
    private static final int ALIKE_MAX = 98;
    private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();

    private final String wanted;
    private final List<String> wantedWords;

    Similarity(String wanted) {
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.wantedWords = words(this.wanted);
    }

    int of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains(wanted)) {
            return lower.equals(wanted) ? SAME : CONTAINED;
        }
        List<String> words = words(lower);
        double mean = wantedWords.stream()
                .mapToDouble(word -> words.stream()
                        .mapToDouble(other -> JARO_WINKLER.apply(word, other))
                        .max()
                        .orElse(0))
                .average()
                .orElse(0);
        return (int) Math.round(ALIKE_MAX * mean);
    }

    private static List<String> words(String text) {
        return Arrays.stream(GAPS.split(text)).filter(word -> !word.isEmpty()).toList();
    }
}
