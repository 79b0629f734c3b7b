package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the example of docs/frame.md the golden file that larder-core reads and writes. */
class FramePageTest {

    private static final Path PAGE = Path.of("docs/frame.md");
    private static final Path FILE = Path.of("larder-core/src/test/resources/frame/tagged.hex");

    @Test
    void exampleIsTheGoldenFile() {
        assertThat(Page.read(PAGE).blocks())
                .filteredOn(block -> block.language().equals("hex"))
                .singleElement()
                .satisfies(block -> assertThat(block.text().lines())
                        .containsExactlyElementsOf(
                                ProjectTree.text(FILE).lines().toList()));
    }
}
