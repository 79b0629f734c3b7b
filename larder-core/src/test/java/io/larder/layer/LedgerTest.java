package io.larder.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.layer.Removal.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(folder, "name");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void reopen() {
        ledger.close();
        open();
    }

    private Path file() {
        return folder.resolve("name-0.ledger");
    }

    private static Removal key(String text) {
        return new Removal(Kind.KEY, text);
    }

    private static List<Removal> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> key("key " + i)).toList();
    }

    @Test
    void anyTextSurvives() {
        List<Removal> removals = List.of(
                key(""),
                key("a\nK b\r\n"),
                key("100% \u0000 \u007f"),
                key("ä 漢 \uD83D\uDE00"),
                key("half \uD83D"),
                new Removal(Kind.TAG, "a"),
                new Removal(Kind.PATTERN, "a*[^b]\\?"));

        ledger.note(removals);
        reopen();

        assertThat(ledger.take()).containsExactlyElementsOf(removals);
    }

    @Test
    void whatIsNotedAlreadyIsNotWrittenAgain() throws IOException {
        ledger.note(keys(0, 2));
        long sizeBytes = Files.size(file());

        ledger.note(keys(0, 2));

        assertThat(Files.size(file())).isEqualTo(sizeBytes);
    }

    @Test
    void whatIsTakenStaysInTheFileUntilItIsErased() {
        ledger.note(keys(0, 1));
        assertThat(ledger.take()).hasSize(1);
        assertThat(ledger.isEmpty()).isTrue();

        reopen();
        assertThat(ledger.isEmpty()).isFalse();
    }

    @Test
    void whatIsErasedIsGone() throws IOException {
        ledger.note(keys(0, 1));
        ledger.erase();
        reopen();

        assertThat(ledger.isEmpty()).isTrue();
        ledger.note(keys(1, 2));
        reopen();
        assertThat(ledger.take()).isEqualTo(keys(1, 2));
    }

    @Test
    void aTornLastLineWasNotedForNobody() throws IOException {
        ledger.note(keys(0, 2));
        ledger.close();
        Files.writeString(file(), "K key%00", StandardOpenOption.APPEND);
        open();

        assertThat(ledger.take()).isEqualTo(keys(0, 2));
        ledger.note(keys(2, 3));
        reopen();
        assertThat(ledger.take()).isEqualTo(keys(0, 3));
    }

    @Test
    void aLineThatCannotBeReadIsTakenForEverything() throws IOException {
        for (String bad : List.of("", "K", "X a", "K a b", "K %00g0", "K %00", "K \u00e4")) {
            ledger.erase();
            ledger.close();
            Files.writeString(file(), "K a\n" + bad + "\n", StandardCharsets.ISO_8859_1);
            open();

            assertThat(ledger.take()).as("what '%s' says", bad).contains(Removal.ALL);
        }
    }

    @Test
    void beyondItsSizeItSaysEverything() throws IOException {
        List<Removal> many = keys(0, Ledger.SIZE_BYTES_MAX / 10);
        ledger.note(keys(0, 1));
        ledger.note(many);

        assertThat(Files.size(file())).isLessThan(100);
        ledger.note(many);
        ledger.note(keys(0, 1));
        assertThat(ledger.take()).containsExactly(Removal.ALL);
        reopen();
        assertThat(ledger.take()).containsExactly(Removal.ALL);
    }

    @Test
    void aFileThatIsTooLongSaysEverything() throws IOException {
        ledger.close();
        Files.writeString(file(), "K a\n".repeat(Ledger.SIZE_BYTES_MAX));
        open();

        assertThat(ledger.take()).containsExactly(Removal.ALL);
    }

    @Test
    void everyProcessHasItsOwnAndTakesOverWhatADeadOneLeft() {
        ledger.note(keys(0, 1));
        Ledger second = Ledger.open(folder, "name");
        assertThat(second.isEmpty()).isTrue();
        second.note(keys(1, 2));
        Ledger other = Ledger.open(folder, "other");
        assertThat(other.isEmpty()).isTrue();
        other.close();

        second.close();
        ledger.close();
        open();

        assertThat(ledger.take()).isEqualTo(keys(0, 2));
        try (Ledger third = Ledger.open(folder, "name")) {
            assertThat(third.isEmpty()).isTrue();
        }
    }

    @Test
    void aCallerWhoIsInterruptedDoesNotCloseIt() {
        Thread.currentThread().interrupt();
        ledger.note(keys(0, 1));
        assertThat(Thread.interrupted()).isTrue();

        ledger.note(keys(1, 2));

        assertThat(ledger.take()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Ledger.open(file, "name"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot keep a ledger in '" + file + "'")
                .hasMessageEndingWith("'ledger' must name a folder that this program may write to");
    }
}
