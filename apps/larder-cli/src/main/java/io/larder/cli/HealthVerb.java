package io.larder.cli;

import io.larder.BackendException;
import io.larder.BackendHealth;
import io.larder.Cache;
import io.larder.Health;
import io.larder.HealthDetails;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks whether the backend works. */
@Command(
        name = "health",
        description = {
            "Pings the backend, puts an entry, reads and removes it, and prints what came of that.",
            "The entry is in a cache of its own. Exit 3 if the backend is down."
        },
        footer = {"Example:", "  larder --url redis://host health || alarm"})
final class HealthVerb extends Verb {

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        warmUp(cache);
        HealthDetails details = session.larder().healthDetails();
        Health health = details.health();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        String status = health.status().name().toLowerCase(Locale.ROOT);
        fields.put("status", status);
        fields.put("problems", health.problems());
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("status", status);
        lines.put("problems", health.problems().isEmpty() ? "none" : String.join("; ", health.problems()));
        List<Map<String, @Nullable Object>> backends =
                details.backends().stream().map(HealthVerb::fields).toList();
        for (Map<String, @Nullable Object> backend : backends) {
            String of = lines.containsKey("url") ? " of " + backend.get("url") : "";
            Columns.texts(backend).forEach((name, line) -> lines.put(name + of, line));
        }
        fields.put("backends", backends);
        output.fields(fields, lines);
        return health.status() == Health.Status.DOWN ? Exit.UNREACHABLE : Exit.DONE;
    }

    private static Map<String, @Nullable Object> fields(BackendHealth backend) {
        Map<String, @Nullable Object> fields = StatsVerb.numbers(backend.info());
        fields.put("pingMillis", millis(backend.ping()));
        fields.put("roundTripMillis", millis(backend.roundTrip()));
        fields.putAll(new TreeMap<>(backend.info().details()));
        return fields;
    }

    /** Lets the client load its classes and connect, for which a command may take longer than a program that runs. */
    private static void warmUp(Cache<String, Object> cache) {
        try {
            cache.ping();
        } catch (BackendException down) {
            // The next look tells why.
        }
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : Rates.rounded(duration.toNanos() / 1e6);
    }
}
