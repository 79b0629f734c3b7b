package io.larder.bench.start;

import java.io.IOException;

/** Programs that run to their end. */
final class Commands {

    private Commands() {}

    /** Returns its exit code. */
    static int run(ProcessBuilder command) throws IOException {
        Process process = command.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.command() + " ran", e);
        }
    }
}
