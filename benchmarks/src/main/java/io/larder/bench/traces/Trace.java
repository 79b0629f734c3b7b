package io.larder.bench.traces;

import io.larder.bench.memory.Zipf;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** In which order keys are asked for, which are numbers from 0; the same for the same seed. */
public enum Trace {
    /** Always the same favourites. */
    ZIPF("Favourites", "as Zipf's law says (0.99), of 1,000,000 keys") {
        @Override
        IntUnaryOperator keys(int capacity, int reads, Random random) {
            Zipf zipf = new Zipf(FAVOURITES);
            return read -> zipf.draw(random);
        }
    },
    /** Favourites, and now and then something goes once through keys that nobody asks for again. */
    SCANS(
            "Favourites and scans",
            "the same, and in three of ten reads one after another through keys that nobody asks for again, three times as many as there is"
                    + " room for") {
        @Override
        IntUnaryOperator keys(int capacity, int reads, Random random) {
            Zipf zipf = new Zipf(FAVOURITES);
            return read -> read % (10 * capacity) < 7 * capacity ? zipf.draw(random) : FAVOURITES + read;
        }
    },
    /** The worst that can happen to a cache that evicts what was used least recently. */
    LOOP(
            "A loop",
            "over and over through a third more keys than there is room for, one read in five a favourite of 1,000,000") {
        @Override
        IntUnaryOperator keys(int capacity, int reads, Random random) {
            Zipf zipf = new Zipf(FAVOURITES);
            int length = capacity / 3 * 4;
            return read -> random.nextInt(5) == 0 ? length + zipf.draw(random) : read % length;
        }
    },
    /** The best that can happen to it. */
    WINDOW(
            "A moving window",
            "evenly of twice as many keys as there is room for, and every tenth read the oldest of them is given up for a new one") {
        @Override
        IntUnaryOperator keys(int capacity, int reads, Random random) {
            return read -> read / 10 + random.nextInt(2 * capacity);
        }
    },
    /** Yesterday's favourites are of no use today. */
    SHIFTS("Other favourites", "as Zipf's law says, but of other 1,000,000 keys in each of four quarters") {
        @Override
        IntUnaryOperator keys(int capacity, int reads, Random random) {
            Zipf zipf = new Zipf(FAVOURITES);
            return read -> (int) (4L * read / reads) * FAVOURITES + zipf.draw(random);
        }
    };

    private static final int FAVOURITES = 1_000_000;

    private final String label;
    private final String words;

    Trace(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** Returns the name for people. */
    public String label() {
        return label;
    }

    String words() {
        return words;
    }

    /** Returns which key each of {@code reads}, counted from 0 and in this order, asks for, of a cache with room for {@code capacity}. */
    abstract IntUnaryOperator keys(int capacity, int reads, Random random);
}
