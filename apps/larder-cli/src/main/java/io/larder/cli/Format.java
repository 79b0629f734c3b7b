package io.larder.cli;

import io.larder.url.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How results are printed. */
enum Format {
    /** For people and pipes, as each verb says; what nobody asks for by name. */
    LINES,
    /** Columns under each other, with a heading. */
    TABLE,
    /** One JSON value a line. */
    JSON,
    /** As RFC 4180 has it, with a heading. */
    CSV;

    /** Reads the name of one. */
    static final class Converter implements ITypeConverter<Format> {

        @Override
        public Format convert(String text) {
            return Arrays.stream(values())
                    .filter(format -> format != LINES && format.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "No output format '" + text + "'." + Nearest.hint(text, new Names())));
        }
    }

    /** What may be typed. */
    static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Names() {
            super(List.of(TABLE.text(), JSON.text(), CSV.text()));
        }
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
