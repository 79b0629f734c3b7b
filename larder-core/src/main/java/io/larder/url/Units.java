package io.larder.url;

import io.larder.ConfigException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations, sizes and counts, all with units, and writes them back. */
public final class Units {

    /** The duration that never ends; {@code never} in text. */
    public static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([A-Za-z]*)");
    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000;
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);
    private static final Map<String, Long> COUNTS = Map.of("", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private Units() {}

    /** Returns a duration such as {@code 500ms}, {@code 90s}, {@code 1h30m}, {@code 2d}, or {@link #NEVER}. */
    public static Duration duration(String what, String text) {
        if (text.equals("never")) {
            return NEVER;
        }
        Matcher part = PART.matcher(text);
        BigDecimal millis = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis = millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(millis(part.group(2)))));
            end = part.end();
        }
        if (text.isEmpty() || end != text.length()) {
            throw new ConfigException(what
                    + " must be a duration with a unit (ms, s, m, h, d) such as '90s' or '1h30m', or 'never', was '"
                    + text + "'");
        }
        return Duration.ofMillis(whole(what, text, millis));
    }

    /** Returns bytes of a size such as {@code 64MiB} or {@code 10kB}. */
    public static long sizeBytes(String what, String text) {
        return amount(what, text, BYTES, "a size with a unit (B, kB, MB, GB, KiB, MiB, GiB) such as '64MiB'");
    }

    /** Returns a count such as {@code 500}, {@code 10k} or {@code 1.5M}. */
    public static long count(String what, String text) {
        return amount(what, text, COUNTS, "a count such as '500', '10k' or '2M'");
    }

    /** Returns {@code duration}, in whole milliseconds, as {@link #duration} reads it; one of over 292 million years by its {@code toString}. */
    public static String text(Duration duration) {
        if (duration.equals(NEVER)) {
            return "never";
        }
        if (Math.abs(duration.toSeconds()) >= SECONDS_MAX || duration.toSeconds() == Long.MIN_VALUE) {
            return duration.toString();
        }
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long amount = millis / millis(unit);
            millis -= amount * millis(unit);
            if (amount > 0) {
                text.append(amount).append(unit);
            }
        }
        return text.toString();
    }

    /** Returns bytes as a person reads them, such as {@code 1.5 MiB}. */
    public static String sizeText(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int step = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / Math.pow(1024, step), "KMGTPE".charAt(step - 1));
    }

    private static long millis(String unit) {
        return Objects.requireNonNull(MILLIS.get(unit));
    }

    private static long amount(String what, String text, Map<String, Long> units, String expected) {
        Matcher amount = AMOUNT.matcher(text);
        Long unit = amount.matches() ? units.get(amount.group(2)) : null;
        if (unit == null) {
            throw new ConfigException(what + " must be " + expected + ", was '" + text + "'");
        }
        return whole(what, text, new BigDecimal(amount.group(1)).multiply(BigDecimal.valueOf(unit)));
    }

    private static long whole(String what, String text, BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new ConfigException(
                    what + " must be a whole number of its smallest unit within 64 bits, was '" + text + "'", e);
        }
    }
}
