package io.larder.bench.summary;

import io.larder.bench.rounds.Spread;
import java.util.Map;
import java.util.Optional;

/**
 * A ratio that was promised.
 *
 * @param work what is done, and beside whom
 * @param atLeast what the ratio has to be
 * @param whyNot for as long as it is not reached: the reason, and what was tried; empty while nobody knows
 */
record Goal(String work, double atLeast, Ratio ratio, String whyNot) {

    Optional<Spread> measured(Map<String, Sheet> sheets) {
        return Optional.ofNullable(sheets.get(ratio.suite())).flatMap(sheet -> sheet.ratio(ratio));
    }

    /** Returns whether half of the rounds reached it. */
    boolean isReached(Spread measured) {
        return measured.median() >= atLeast;
    }

    /** Returns whether every round reached it, half of them did, or neither. */
    String verdict(Spread measured) {
        if (!isReached(measured)) {
            return "**no**";
        }
        return measured.min() >= atLeast ? "yes" : "at the median";
    }
}
