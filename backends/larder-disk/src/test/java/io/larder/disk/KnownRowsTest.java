package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.PutMode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts over rows whose places are known from the last put. */
class KnownRowsTest {

    @TempDir
    private Path folder;

    private Disk disk;

    @BeforeEach
    void open() {
        disk = Disk.in(folder);
        disk.put("a", "1");
        disk.put("a", "2");
    }

    @AfterEach
    void close() {
        disk.close();
    }

    private void putAgain(String... tags) {
        disk.put("a", "3", tags);

        assertThat(disk.get("a")).isEqualTo("3");
        assertThat(disk.number("SELECT count(*) FROM entries WHERE key = x'61'"))
                .isEqualTo(1);
        assertThat(disk.number("SELECT count(*) FROM tags")).isEqualTo(tags.length);
        assertThat(Integrity.faults(folder)).isEmpty();
    }

    @Test
    void aRowThatIsThereIsWrittenOver() {
        putAgain();
    }

    @Test
    void aRowThatHasGoneIsMadeAgain() {
        disk.database.write(session -> session.update("DELETE FROM entries"), 1_000);

        putAgain();
    }

    @Test
    void aRowThatIsAnotherKeysByNowIsLeftAlone() {
        disk.backend.remove("a").join();
        disk.put("b", "another");

        putAgain();
        assertThat(disk.get("b")).isEqualTo("another");
    }

    @Test
    void anotherCachesRowIsLeftAlone() {
        disk.backend.remove("a").join();
        disk.backend("another")
                .put("a", disk.entry(new byte[1]), PutMode.ALWAYS)
                .join();

        disk.put("a", "3");

        assertThat(disk.get("a")).isEqualTo("3");
        assertThat(disk.backend("another").get("a").join().value()).containsExactly(0);
    }

    @Test
    void tagsOfTheRowEnd() {
        disk.put("a", "2", "x");

        putAgain();
        assertThat(disk.backend.invalidateTag("x").join()).isZero();
    }

    @Test
    void tagsOfTheEntryAreStored() {
        putAgain("x");
        assertThat(disk.backend.invalidateTag("x").join()).isEqualTo(1);
    }

    @Test
    void theRowsFileEnds() {
        disk.put("a", new byte[300_000]);

        putAgain();
        assertThat(disk.valueFiles()).isEmpty();
    }

    @Test
    void aLeaseOnTheKeyEnds() {
        Lease<byte[]> lease = (Lease<byte[]>) disk.backend
                .getOrLease(
                        "a", "t", LeaseTerms.TAGGED.over(disk.backend.get("a").join()))
                .join();

        putAgain();
        assertThat(disk.backend.putLeased("a", disk.entry(new byte[1]), lease).join())
                .isFalse();
    }

    @Test
    void anEntryWhoseTimeIsOverLeavesTheKeyEmpty() {
        disk.put("a", "3", Duration.ZERO);

        assertThat(disk.get("a")).isNull();
        assertThat(disk.number("SELECT count(*) FROM entries")).isZero();
    }

    @Test
    void aClearedCacheIsNotWrittenTo() {
        disk.backend.clear().join();

        disk.put("b", "1");

        assertThat(disk.get("a")).isNull();
        disk.put("a", "3");
        assertThat(disk.get("a")).isEqualTo("3");
    }
}
