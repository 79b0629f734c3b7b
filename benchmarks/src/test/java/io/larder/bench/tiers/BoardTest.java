package io.larder.bench.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardTest {

    @TempDir
    Path folder;

    private Board mine;
    private Board theirs;

    @BeforeEach
    void open() {
        mine = Board.open(folder.resolve("board"), 10);
        theirs = Board.open(folder.resolve("board"), 10);
    }

    @Test
    void showsToAllWhatOneHasAcknowledged() {
        long before = System.nanoTime();

        mine.acknowledge(9, 1);

        assertThat(theirs.newest(9)).isEqualTo(1);
        assertThat(theirs.newest(8)).isZero();
        assertThat(theirs.acknowledgedNanos(9, 1)).isBetween(before, System.nanoTime());
    }

    @Test
    void countsFromTheVersionThatShouldHaveBeenSeen() {
        for (int version = 1; version <= 3; version++) {
            mine.acknowledge(0, version);
        }
        long second = theirs.acknowledgedNanos(0, 2);

        assertThat(theirs.staleNanos(0, 1, second + 500)).isEqualTo(500);
        assertThat(theirs.staleNanos(0, 1, second - 500)).isZero();
    }

    @Test
    void isCarefulWithVersionsThatItHasForgotten() {
        int many = 3 * Board.HISTORY;
        for (int version = 1; version <= many; version++) {
            mine.acknowledge(0, version);
        }
        long oldestKnown = theirs.acknowledgedNanos(0, many - Board.HISTORY + 1);

        assertThat(theirs.staleNanos(0, 1, System.nanoTime())).isLessThanOrEqualTo(System.nanoTime() - oldestKnown);
    }
}
