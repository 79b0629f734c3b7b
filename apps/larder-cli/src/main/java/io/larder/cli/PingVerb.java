package io.larder.cli;

import io.larder.Cache;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
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
    int run(Session session, Cache<String, Object> cache, Output output) {
        LongSupplier nanos = output.console().nanos();
        long from = nanos.getAsLong();
        cache.ping();
        double millis = (nanos.getAsLong() - from) / 1e6;
        if (output.format() == Format.LINES) {
            output.line(String.format(Locale.ROOT, "ok %s %.2f ms", session.address(), millis));
        } else {
            output.fields(
                    new TreeMap<>(Map.of("url", session.address(), "millis", millis)),
                    new TreeMap<>(
                            Map.of("url", session.address(), "millis", String.format(Locale.ROOT, "%.2f", millis))));
        }
        return Exit.DONE;
    }
}
