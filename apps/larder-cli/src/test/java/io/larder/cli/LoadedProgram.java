package io.larder.cli;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A program that reads through a cache named {@code default} until it is ended. */
final class LoadedProgram {

    private static final int KEYS = 100;
    private static final long PAUSE_NANOS = 500_000;

    private LoadedProgram() {}

    /** Starts it in a process of its own, on the class path of this one. */
    static Process start(String url) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), LoadedProgram.class.getName(), url)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads, and ends with the process that started it. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open(args[0])) {
            Cache<String, String> cache =
                    larder.cache(Session.CACHE, String.class, String.class).build();
            EntryOptions options = EntryOptions.ttl(Duration.ofSeconds(1));
            ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
            while (parent.isAlive()) {
                cache.get("key" + ThreadLocalRandom.current().nextInt(KEYS), key -> "value of " + key, options);
                // Others need the processor too.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
