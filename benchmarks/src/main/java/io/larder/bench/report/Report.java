package io.larder.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What a run gave: a page, its picture, and the raw numbers.
 *
 * @param suite names the files, and the command that renews them
 * @param title of the page
 * @param place what it was measured on, in a line
 * @param body the page below that
 * @param tables the part of it to look at
 * @param svg the picture
 * @param csv every measurement
 */
public record Report(String suite, String title, String place, String body, String tables, String svg, String csv) {

    /** Writes the three files. */
    public void write(Path folder, LocalDate day) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(suite + ".md"), page(day));
        Files.writeString(folder.resolve(suite + ".svg"), svg);
        writeNumbers(folder);
    }

    /** Writes the numbers alone. */
    public void writeNumbers(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(suite + ".csv"), csv);
    }

    private String page(LocalDate day) {
        return """
                # %s

                *Written by `bin/bench %s` on %s; run it to renew this page.*

                %s

                """.formatted(title, suite, day, place) + body;
    }
}
