package io.larder.annotations;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes arguments as one would write them in Java, so that those which are not equal have different texts.
 *
 * <p>Knows strings, numbers, booleans, enums, UUIDs, times, and lists, sets, maps, arrays, optionals and records of them. What it does not
 * know it refuses, for {@code toString()} need not tell one object from another.
 */
public final class KeyText {

    private static final int DEPTH_MAX = 32;

    private KeyText() {}

    /** Returns the text of one value, such as {@code "a"}, {@code 1L} or {@code [1,2]}, or fails with an IllegalArgumentException. */
    public static String of(@Nullable Object value) {
        return of(value, 0);
    }

    /** Returns the text of a call, such as {@code find("a",1)}. */
    public static String ofCall(String name, @Nullable Object... arguments) {
        return name + listed(Arrays.stream(arguments), 0, "(", ")");
    }

    /** Returns what a value is in a template: strings and numbers as they are, null as {@code \N}. */
    static String plain(@Nullable Object value) {
        if (value == null) {
            return "\\N";
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return isPlain(value)
                ? value.toString().replace("\\", "\\\\")
                : of(value).replace("\\", "\\\\");
    }

    private static boolean isPlain(Object value) {
        return value instanceof CharSequence
                || value instanceof Character
                || value instanceof Boolean
                || isNumber(value)
                || isQuoted(value);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float;
    }

    /** Whether a value is told from others of its type by its {@code toString}. */
    private static boolean isQuoted(Object value) {
        return value instanceof UUID
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || value instanceof URI
                || value instanceof Locale
                || value instanceof Currency
                || value instanceof ZoneId
                || value instanceof Period
                || ((value instanceof TemporalAccessor || value instanceof TemporalAmount)
                        && value.getClass().getName().startsWith("java.time."));
    }

    private static String of(@Nullable Object value, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "An argument holds others " + DEPTH_MAX + " deep, or itself. Give the cache a key of its own");
        }
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Character || value instanceof Boolean || isNumber(value)) {
            return scalar(value);
        }
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getName() + "." + constant.name();
        }
        if (isQuoted(value)) {
            return value.getClass().getName() + quoted(value.toString());
        }
        return value instanceof Class<?> type ? type.getName() + ".class" : ofParts(value, depth + 1);
    }

    private static String scalar(Object value) {
        if (value instanceof Character letter) {
            return "'" + (letter == '\'' || letter == '\\' ? "\\" : "") + letter + "'";
        }
        String suffix = value instanceof Long
                ? "L"
                : value instanceof Float ? "f" : value instanceof Short ? "S" : value instanceof Byte ? "B" : "";
        return value + suffix;
    }

    private static String ofParts(Object value, int depth) {
        if (value instanceof List<?> list) {
            return listed(list.stream(), depth, "[", "]");
        }
        if (value instanceof Set<?> set) {
            // Sets that are equal may come in any order.
            return sorted(set.stream().map(each -> of(each, depth)), "<", ">");
        }
        if (value instanceof Map<?, ?> map) {
            return sorted(
                    map.entrySet().stream().map(each -> of(each.getKey(), depth) + "=" + of(each.getValue(), depth)),
                    "{",
                    "}");
        }
        if (value instanceof Optional<?> optional) {
            return listed(optional.stream(), depth, "Optional(", ")");
        }
        if (value.getClass().isArray()) {
            Stream<Object> elements = Stream.iterate(0, i -> i < Array.getLength(value), i -> i + 1)
                    .map(i -> new Object[] {Array.get(value, i)})
                    .map(boxed -> boxed[0]);
            return listed(elements, depth, value.getClass().getComponentType().getName() + "[", "]");
        }
        if (value instanceof Record) {
            Stream<Object> components = Arrays.stream(value.getClass().getRecordComponents())
                    .map(component -> new Object[] {component(component, value)})
                    .map(boxed -> boxed[0]);
            return listed(components, depth, value.getClass().getName() + "(", ")");
        }
        throw new IllegalArgumentException(
                "No key can be made of " + value.getClass().getName()
                        + (value instanceof Collection ? ", of which nobody knows when two are equal" : "")
                        + ". Records, lists, sets, maps, strings, numbers, enums, UUIDs and times can be in a key; name another part of it by 'key', or write a KeyBuilder");
    }

    private static @Nullable Object component(RecordComponent component, Object of) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "Cannot read '" + component.getName() + "' of "
                            + of.getClass().getName() + " for a key. Open its package to io.larder.annotations",
                    e);
        }
    }

    private static String listed(Stream<?> values, int depth, String before, String after) {
        return values.map((Function<Object, String>) value -> of(value, depth))
                .collect(Collectors.joining(",", before, after));
    }

    private static String sorted(Stream<String> texts, String before, String after) {
        return texts.sorted().collect(Collectors.joining(",", before, after));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
