package io.larder.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Where a command reads and writes, always in UTF-8: what is piped must not depend on a locale.
 *
 * @param terminal whether a person sits at both ends; asked late, for the answer loads classes
 */
record Console(BufferedReader in, PrintWriter out, PrintWriter err, BooleanSupplier terminal) {

    static Console of(InputStream in, OutputStream out, OutputStream err, BooleanSupplier terminal) {
        return new Console(
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
                writer(out),
                writer(err),
                terminal);
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
