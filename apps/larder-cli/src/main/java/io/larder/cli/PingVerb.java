package io.larder.cli;

import io.larder.Cache;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Asks the backend for an answer. */
@Command(
        name = "ping",
        description = {
            "Asks the backend for an answer and prints where it is and how long it took.",
            "Exit 3 if there was none."
        },
        footer = {"Example:", "  larder ping"})
final class PingVerb extends Verb {

    @Override
    @SuppressWarnings("checkstyle:Clock") // a person reads this time, no deadline depends on it
    int run(Session session, Cache<String, Object> cache, Output output) {
        long from = System.nanoTime();
        cache.ping();
        double millis = (System.nanoTime() - from) / 1e6;
        if (output.isJson()) {
            output.value(new TreeMap<>(Map.of("url", session.address(), "millis", millis)));
        } else {
            output.line(String.format(Locale.ROOT, "ok %s %.2f ms", session.address(), millis));
        }
        return Exit.DONE;
    }
}
