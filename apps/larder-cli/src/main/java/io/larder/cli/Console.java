package io.larder.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes, always in UTF-8: what is piped must not depend on a locale.
 *
 * @param terminal whether a person sits at both ends; asked late, for the answer loads classes
 * @param nanos what progress and pings are measured by; only differences mean anything
 */
record Console(BufferedReader in, PrintWriter out, PrintWriter err, BooleanSupplier terminal, LongSupplier nanos) {

    @SuppressWarnings("checkstyle:Clock") // a person reads these times, no deadline depends on them
    static Console of(InputStream in, OutputStream out, OutputStream err, BooleanSupplier terminal) {
        return of(in, out, err, terminal, System::nanoTime);
    }

    static Console of(
            InputStream in, OutputStream out, OutputStream err, BooleanSupplier terminal, LongSupplier nanos) {
        return new Console(
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
                writer(out),
                writer(err),
                terminal,
                nanos);
    }

    static Console ofSystem() {
        return of(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Console::hasTerminal);
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /** Returns the next line of standard input, or null at its end. */
    @Nullable
    String readLine() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read standard input", e);
        }
    }

    /** Returns whether a person who is asked types yes. */
    boolean isConfirmed(String question) {
        err.print("larder: " + question + " [y/N] ");
        flush();
        String answer = readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    /** Returns whether nobody reads the results any more, as after {@code | head -1}. */
    boolean isCut() {
        return out.checkError();
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    }

    @SuppressWarnings("SystemConsoleNull") // that is what the second question is for
    private static boolean hasTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal too, and this method to tell.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
