package io.larder.url;

import io.larder.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A codec and the stages after it, as {@code codec=} names them: {@code json+zlib(level=9,threshold=2KiB)}. Immutable.
 *
 * <p>A value may hold anything; {@code ,}, {@code (}, {@code )} and {@code %} are written as {@code %XX} in it. Equal texts are equal
 * chains, and {@link #toString} gives each chain one text.
 */
public record CodecChain(List<Step> steps) {

    private static final Pattern STEP = Pattern.compile("([\\w.-]+)(?:\\(([^()]+)\\))?");
    private static final Pattern KEYS = Pattern.compile(
            "(?i)((?:[(,]|%28|%2C)[\\w-]*(?:key|pass|pwd|secret|token)[\\w-]*(?:=|%3D))(?!(?:env|file)(?::|%3A))[^,)&]*");

    /** A codec or a stage with its parameters. */
    public record Step(String name, Parameters parameters) {

        @Override
        public String toString() {
            String given = parameters.names().stream()
                    .sorted()
                    .map(parameter -> parameter + "=" + escaped(String.valueOf(parameters.text(parameter))))
                    .collect(Collectors.joining(","));
            return given.isEmpty() ? name : name + "(" + given + ")";
        }

        private static String escaped(String value) {
            return PercentCode.encode(value).replace(",", "%2C");
        }
    }

    /** Copies the list. */
    public CodecChain {
        steps = List.copyOf(steps);
    }

    /** Returns the chain that {@code text} names. */
    public static CodecChain parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        do {
            if (!step.region(at, text.length()).lookingAt()) {
                throw unreadable(text);
            }
            String name = step.group(1);
            String given = step.group(2) == null ? "" : step.group(2);
            steps.add(new Step(name, parameters(name, given, text)));
            at = step.end() + 1;
        } while (at <= text.length() && text.charAt(at - 1) == '+');
        if (at <= text.length()) {
            throw unreadable(text);
        }
        return new CodecChain(steps);
    }

    private static Parameters parameters(String step, String given, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : given.isEmpty() ? new String[0] : given.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw unreadable(text);
            }
            String value = PercentCode.decode(pair.substring(equals + 1)).orElseThrow(() -> unreadable(text));
            if (values.put(pair.substring(0, equals), value) != null) {
                throw new ConfigException("Parameter '" + pair.substring(0, equals) + "' of codec '" + step
                        + "' stands twice in '" + masked(text) + "'");
            }
        }
        return new Parameters(values, "of codec '" + step + "'");
    }

    private static ConfigException unreadable(String text) {
        return new ConfigException(
                "Cannot read codec '" + masked(text)
                        + "'. Expected names joined by '+', each with its parameters in parentheses, such as"
                        + " 'json+zlib(level=9,threshold=2KiB)'; in a value, ',', '(', ')' and '%' are '%2C', '%28', '%29' and '%25'");
    }

    /** Hides what must be a secret that was written where only the name of one belongs. */
    static String masked(String text) {
        return KEYS.matcher(text).replaceAll("$1***");
    }

    /** Returns the names alone, as the frame keeps them: what the parameters say does not change who can read a value. */
    public String name() {
        return steps.stream().map(Step::name).collect(Collectors.joining("+"));
    }

    /** Returns the same stages after the codec {@code name}. */
    public CodecChain startingWith(String name) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(0, new Step(name, Parameters.NONE));
        return new CodecChain(changed);
    }

    /** Returns what {@link #parse} reads, without secrets. */
    @Override
    public String toString() {
        return masked(steps.stream().map(Step::toString).collect(Collectors.joining("+")));
    }
}
