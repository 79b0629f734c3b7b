package io.larder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs commands that need most of what any command needs, so that {@code bin/larder} can keep the classes that took, ready to use.
 *
 * <p>Also keeps the library that SQLite's driver unpacks into {@code org.sqlite.tmpdir} at every start, and removes at its end.
 */
public final class Rehearsal {

    private static final String[][] COMMANDS = {
        {"set", "a", "{\"n\":[1,2.5,true,null],\"s\":\"x\"}", "--ttl", "1h", "--tag", "t"},
        {"set", "b", "text"},
        {"get", "a"},
        {"get", "missing"},
        {"--json", "get", "b"},
        {"exists", "a"},
        {"find", "a"},
        {"expire", "a", "2h"},
        {"incr", "n", "--by", "2"},
        {"keys"},
        {"entries", "*", "--tag", "t"},
        {"ping"},
        {"stats"},
        {"invalidate", "--tag", "t"},
        {"del", "b"},
        {"clear", "--yes"},
        {"--help"},
        {"get"},
    };

    private Rehearsal() {}

    /** Runs them on a cache of their own in the folder {@code args[0]}, which is also {@code org.sqlite.tmpdir}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Main.prepare();
        Console console = Console.of(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                () -> false);
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString(), "HOME", folder.toString());
        for (String[] command : COMMANDS) {
            CommandLines.run(console, environment, command);
        }
        keepLibrary(folder);
    }

    private static void keepLibrary(Path folder) throws IOException {
        try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(folder, "sqlite-*-*sqlitejdbc.{so,dylib,dll}")) {
            for (Path library : unpacked) {
                String name = library.getFileName().toString();
                Path kept = Files.createDirectories(folder.resolve("native"));
                Files.copy(library, kept.resolve(name.substring(name.lastIndexOf('-') + 1)));
            }
        }
    }
}
