package io.larder.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** An artifact on the class path that carries a program for several platforms, and nothing else that we use. Thread-safe. */
final class Carrier {

    private final String artifact;
    private final String marker;
    private final String program;
    private final AtomicReference<@Nullable Path> unpacked = new AtomicReference<>();

    /**
     * Makes one.
     *
     * @param artifact what to add to the class path, for messages
     * @param marker a resource by which its archive is found
     * @param program the beginning of the resources' names; a version, the system and the processor follow
     */
    Carrier(String artifact, String marker, String program) {
        this.artifact = artifact;
        this.marker = marker;
        this.program = program;
    }

    /** Returns the program for this platform as an executable file, which is removed when the JVM ends. */
    Optional<Path> program() {
        Path done = unpacked.get();
        URL found = Carrier.class.getClassLoader().getResource(marker);
        if (done != null || found == null) {
            return Optional.ofNullable(done);
        }
        try {
            URLConnection connection = found.openConnection();
            Optional<Path> file = connection instanceof JarURLConnection archive
                    ? unpackedFrom(archive.getJarFile())
                    : Optional.empty();
            file.ifPresent(unpacked::set);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + program + " from " + found, e);
        }
    }

    /** Completes the sentence "It is not on the PATH". */
    String orNot() {
        return ", and " + artifact + " with one for " + platform() + " is not on the class path";
    }

    private Optional<Path> unpackedFrom(JarFile archive) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(program) + "-[\\d.]+-" + platform());
        Optional<? extends ZipEntry> entry = archive.stream()
                .filter(each -> name.matcher(each.getName()).matches())
                .findFirst();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Path file = Files.createTempFile(program + "-", "");
        file.toFile().deleteOnExit();
        try (InputStream content = archive.getInputStream(entry.get())) {
            Files.write(file, content.readAllBytes());
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("'" + file + "' cannot be made executable");
        }
        return Optional.of(file);
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.contains("mac") ? "darwin" : system) + "-"
                + switch (processor) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "i386", "i686", "x86" -> "386";
                    default -> processor;
                };
    }
}
