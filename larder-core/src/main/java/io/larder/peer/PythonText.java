package io.larder.peer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as Python's {@code str} and {@code repr} write them, and as JSON by orjson with sorted keys. Has no state. */
final class PythonText {

    private static final int DIGITS_MAX = 17;
    /** From here on Python writes an exponent. */
    private static final int EXPONENT_MAX = 16;

    private static final int EXPONENT_MIN = -4;
    /** From here on orjson writes one. */
    private static final int EXPONENT_MIN_JSON = -5;

    private PythonText() {}

    static String str(@Nullable Object value) {
        return value instanceof CharSequence ? value.toString() : repr(value);
    }

    static String repr(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (isInteger(value)) {
            return value.toString();
        }
        if (value instanceof Float || value instanceof Double) {
            return floating(((Number) value).doubleValue());
        }
        if (value instanceof CharSequence text) {
            return quoted(text.toString());
        }
        if (value instanceof List<?> items) {
            return items.stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> dict) {
            return dict.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw unknown(value);
    }

    static String json(@Nullable Object value) {
        if (value == null || value instanceof Boolean || isInteger(value)) {
            return String.valueOf(value);
        }
        if (value instanceof Float || value instanceof Double) {
            return jsonNumber(((Number) value).doubleValue());
        }
        if (value instanceof CharSequence text) {
            return jsonText(text.toString());
        }
        if (value instanceof List<?> items) {
            return items.stream().map(PythonText::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> dict) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            dict.forEach((key, item) -> sorted.put((String) key, item));
            return sorted.entrySet().stream()
                    .map(entry -> jsonText(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        throw unknown(value);
    }

    private static boolean isInteger(Object value) {
        return value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    private static String floating(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : number(value, EXPONENT_MIN, "e%s%02d");
    }

    private static String jsonNumber(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? "null" : number(value, EXPONENT_MIN_JSON, "e%s%d");
    }

    /** Writes the fewest digits that are read as {@code value}; with an exponent, if the point would be far from them. */
    private static String number(double value, int exponentMin, String exponentFormat) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = shortest.precision() - shortest.scale();
        if (point > exponentMin && point <= EXPONENT_MAX) {
            String plain = shortest.toPlainString();
            return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
        }
        String exponentSign = point > 0 ? (exponentFormat.contains("02") ? "+" : "") : "-";
        return sign
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + String.format(Locale.ROOT, exponentFormat, exponentSign, Math.abs(point - 1));
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DIGITS_MAX; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(DIGITS_MAX)).stripTrailingZeros();
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c == quote || c == '\\') {
                        quoted.append('\\').appendCodePoint(c);
                    } else if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        String format = c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
                        quoted.append(String.format(Locale.ROOT, format, c));
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static String jsonText(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escaped = "\b\t\n\f\r\"\\".indexOf(c);
            if (escaped >= 0) {
                quoted.append('\\').append("btnfr\"\\".charAt(escaped));
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException(
                "a part of a key must be null, a boolean, a number, a string, a list or a" + " map, was "
                        + value.getClass().getName() + ": nobody knows how Python writes it. Give it as a string");
    }
}
