package io.larder.pickle;

import static java.util.Map.entry;

import io.larder.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What is no container, as the type that a program expects; no number loses a digit but to a float. Has no state. */
final class Scalars {

    private static final Map<Class<?>, Function<Object, Object>> MAKERS = Map.ofEntries(
            entry(boolean.class, Boolean.class::cast),
            entry(Boolean.class, Boolean.class::cast),
            entry(byte.class, value -> integer(value).byteValueExact()),
            entry(Byte.class, value -> integer(value).byteValueExact()),
            entry(short.class, value -> integer(value).shortValueExact()),
            entry(Short.class, value -> integer(value).shortValueExact()),
            entry(int.class, value -> integer(value).intValueExact()),
            entry(Integer.class, value -> integer(value).intValueExact()),
            entry(long.class, value -> integer(value).longValueExact()),
            entry(Long.class, value -> integer(value).longValueExact()),
            entry(BigInteger.class, Scalars::integer),
            entry(float.class, value -> ((Number) value).floatValue()),
            entry(Float.class, value -> ((Number) value).floatValue()),
            entry(double.class, value -> ((Number) value).doubleValue()),
            entry(Double.class, value -> ((Number) value).doubleValue()),
            entry(Number.class, Number.class::cast),
            entry(BigDecimal.class, value -> value instanceof BigDecimal ? value : new BigDecimal(integer(value))),
            entry(char.class, Scalars::character),
            entry(Character.class, Scalars::character),
            entry(String.class, String.class::cast),
            entry(CharSequence.class, String.class::cast),
            entry(byte[].class, Scalars::bytes),
            entry(ByteBuffer.class, value -> ByteBuffer.wrap(bytes(value))),
            entry(UUID.class, UUID.class::cast),
            entry(Duration.class, Duration.class::cast),
            entry(LocalDate.class, LocalDate.class::cast),
            entry(LocalTime.class, LocalTime.class::cast),
            entry(LocalDateTime.class, LocalDateTime.class::cast),
            entry(OffsetTime.class, OffsetTime.class::cast),
            entry(OffsetDateTime.class, value -> zoned(value).toOffsetDateTime()),
            entry(ZonedDateTime.class, Scalars::zoned),
            entry(Instant.class, value -> zoned(value).toInstant()),
            entry(ZoneId.class, ZoneId.class::cast),
            entry(ZoneOffset.class, ZoneOffset.class::cast));

    private Scalars() {}

    static boolean canMake(Class<?> type) {
        return type.isEnum() || MAKERS.containsKey(type);
    }

    static Object fit(Object value, Class<?> type) {
        try {
            if (type.isEnum()) {
                return constant(type, (String) value);
            }
            Function<Object, Object> maker = MAKERS.get(type);
            if (maker != null) {
                return maker.apply(value);
            }
        } catch (ClassCastException | ArithmeticException e) {
            // Told below, together with what no type can be made of.
        }
        throw new CodecException(
                "a value of " + value.getClass().getSimpleName() + " is no " + type.getTypeName(), null);
    }

    static boolean isInteger(Object value) {
        return value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    static BigInteger integer(Object value) {
        if (!isInteger(value)) {
            throw new ClassCastException("no integer");
        }
        return value instanceof BigInteger large ? large : BigInteger.valueOf(((Number) value).longValue());
    }

    private static Object character(Object value) {
        String text = (String) value;
        if (text.length() != 1) {
            throw new ClassCastException("no character");
        }
        return text.charAt(0);
    }

    static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return ((byte[]) value).clone();
    }

    private static ZonedDateTime zoned(Object value) {
        return value instanceof OffsetDateTime at ? at.toZonedDateTime() : (ZonedDateTime) value;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new ClassCastException("no constant");
    }
}
