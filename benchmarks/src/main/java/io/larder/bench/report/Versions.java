package io.larder.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the libraries under measurement, as the build knows them. Immutable. */
public final class Versions {

    private final Properties versions = new Properties();

    /** Reads what the build left behind. */
    public Versions() {
        try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read versions.properties, which the build should have put beside " + Versions.class, e);
        }
    }

    /** Returns the version of a library by its name in that file. */
    public String of(String library) {
        return versions.getProperty(library, "unknown");
    }
}
