package io.larder.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * Keeps libraries from writing to standard error: what went wrong, {@link Complaints} says in one line.
 *
 * <p>Only settings, which are read when somebody logs for the first time; most commands never do.
 */
public final class QuietLogs {

    private static final String JDK_CLASS = "java.util.logging.config.class";
    private static final String JDK_FILE = "java.util.logging.config.file";
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    /** Leaves the JDK's loggers without a place to write to; the JDK makes one, nobody else. */
    public QuietLogs() throws IOException {
        LogManager.getLogManager().readConfiguration(InputStream.nullInputStream());
    }

    /** Makes it so, unless whoever started the program wants to see logs. */
    static void install() {
        if (System.getProperty(JDK_CLASS) == null && System.getProperty(JDK_FILE) == null) {
            System.setProperty(JDK_CLASS, QuietLogs.class.getName());
        }
        // SLF4J, which comes with Lettuce, would say that it has nobody to log to.
        if (System.getProperty(SLF4J_VERBOSITY) == null) {
            System.setProperty(SLF4J_VERBOSITY, "ERROR");
        }
    }
}
