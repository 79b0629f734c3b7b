package io.larder.url;

import io.larder.ConfigException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters that were given, in their order, with readers that say what is wrong with a value. Immutable. */
public final class Parameters {

    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of(), "");

    private final Map<String, String> values;
    private final String where;

    /** Makes them of {@code values}; {@code where} names their origin in messages, such as "of 'memory:?max=5'". */
    public Parameters(Map<String, String> values, String where) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.where = where;
    }

    /** Returns the names that were given. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Returns these with one more, or another value of it. */
    public Parameters and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Parameters(more, where);
    }

    /** Returns the value as it is, or null. */
    public @Nullable String text(String name) {
        return values.get(name);
    }

    /** Returns a duration as {@link Units#duration} reads it, or null; what is negative or without a unit is refused. */
    public @Nullable Duration duration(String name) {
        String text = values.get(name);
        return text == null ? null : Units.duration(named(name), text);
    }

    /** Returns a count, or {@code standard}. */
    public long count(String name, long standard) {
        String text = values.get(name);
        return text == null ? standard : Units.count(named(name), text);
    }

    /** Returns a whole number from {@code min} to {@code max}, or {@code standard}. */
    public int integer(String name, int min, int max, int standard) {
        long given = count(name, standard);
        if (given < min || given > max) {
            throw new ConfigException(named(name) + " must be a number from " + min + " to " + max + ", was " + given);
        }
        return (int) given;
    }

    /** Returns a size in bytes, or {@code standard}. */
    public long sizeBytes(String name, long standard) {
        String text = values.get(name);
        return text == null ? standard : Units.sizeBytes(named(name), text);
    }

    /** Returns a share between 0 and 1, such as {@code 0.1}, or null. */
    public @Nullable Double share(String name) {
        return number(name, 1, "a share from 0 to 1 such as '0.1'");
    }

    /** Returns a number from 0, such as {@code 1.5}, or null. */
    public @Nullable Double number(String name) {
        return number(name, Double.MAX_VALUE, "a number, 0 or more");
    }

    private @Nullable Double number(String name, double max, String expected) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with a number out of range.
        }
        throw new ConfigException(named(name) + " must be " + expected + ", was '" + text + "'");
    }

    /** Returns one of {@code allowed}, or null. */
    public @Nullable String oneOf(String name, List<String> allowed) {
        String text = values.get(name);
        if (text != null && !allowed.contains(text)) {
            throw new ConfigException(
                    named(name) + " must be one of " + String.join(", ", allowed) + ", was '" + text + "'");
        }
        return text;
    }

    /** Refuses a name that is not among those of {@code known}, naming the nearest one that is. */
    public void check(ParameterSet known) {
        known.check(this, where);
    }

    /** Compares names and values, in any order; not where they are from. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    private String named(String name) {
        return "'" + name + "'" + (where.isEmpty() ? "" : " " + where);
    }
}
