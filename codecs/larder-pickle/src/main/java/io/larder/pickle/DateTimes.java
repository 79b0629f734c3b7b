package io.larder.pickle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** The arguments of Python's {@code datetime} classes as those of {@code java.time} and back. Has no state. */
final class DateTimes {

    private static final int NANOS_PER_MICRO = 1_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int YEAR_MAX = 9999;
    private static final int DATE_BYTES = 4;
    private static final int TIME_BYTES = 6;
    /** In front of the month or the hour: whether a time that there is twice is the later one. */
    private static final int FOLD = 0x80;

    private DateTimes() {}

    static LocalDate date(List<?> arguments) {
        return date(bytes(arguments, DATE_BYTES));
    }

    /** Returns a LocalDateTime, or with a zone an OffsetDateTime or ZonedDateTime. */
    static Object dateTime(List<?> arguments) {
        ByteBuffer bytes = bytes(arguments, DATE_BYTES + TIME_BYTES);
        boolean later = (bytes.get(2) & FOLD) != 0;
        LocalDateTime local = LocalDateTime.of(date(bytes), time(bytes));
        if (arguments.size() == 1) {
            return local;
        }
        if (arguments.get(1) instanceof ZoneOffset offset) {
            return OffsetDateTime.of(local, offset);
        }
        ZonedDateTime zoned = local.atZone((ZoneId) arguments.get(1));
        return later ? zoned.withLaterOffsetAtOverlap() : zoned;
    }

    static Object time(List<?> arguments) {
        LocalTime local = time(bytes(arguments, TIME_BYTES));
        return arguments.size() == 1 ? local : local.atOffset((ZoneOffset) arguments.get(1));
    }

    static Duration timeDelta(List<?> arguments) {
        return Duration.ofDays((Integer) arguments.get(0))
                .plusSeconds((Integer) arguments.get(1))
                .plusNanos((Integer) arguments.get(2) * (long) NANOS_PER_MICRO);
    }

    /** The name that a zone may have is lost. */
    static ZoneOffset timeZone(List<?> arguments) {
        Duration offset = (Duration) arguments.get(0);
        if (offset.getNano() != 0) {
            throw new IllegalArgumentException("Java has no offsets with parts of a second");
        }
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(offset.getSeconds()));
    }

    private static ByteBuffer bytes(List<?> arguments, int length) {
        byte[] bytes = (byte[]) arguments.get(0);
        if (bytes.length != length) {
            throw new IllegalArgumentException("must be " + length + " bytes, were " + bytes.length);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static LocalDate date(ByteBuffer bytes) {
        return LocalDate.of(bytes.getShort() & 0xFFFF, bytes.get() & ~FOLD & 0xFF, bytes.get());
    }

    private static LocalTime time(ByteBuffer bytes) {
        int hour = bytes.get() & ~FOLD & 0xFF;
        int minute = bytes.get();
        int second = bytes.get();
        int micros = (bytes.get() & 0xFF) << 16 | (bytes.get() & 0xFF) << 8 | (bytes.get() & 0xFF);
        return LocalTime.of(hour, minute, second, micros * NANOS_PER_MICRO);
    }

    static byte[] bytes(LocalDate date) {
        return put(ByteBuffer.allocate(DATE_BYTES), date, false).array();
    }

    static byte[] bytes(LocalTime time) {
        return put(ByteBuffer.allocate(TIME_BYTES), time).array();
    }

    static byte[] bytes(LocalDateTime at, boolean later) {
        ByteBuffer bytes = put(ByteBuffer.allocate(DATE_BYTES + TIME_BYTES), at.toLocalDate(), later);
        return put(bytes, at.toLocalTime()).array();
    }

    static boolean isLater(ZonedDateTime at) {
        return !at.getOffset().equals(at.withEarlierOffsetAtOverlap().getOffset());
    }

    private static ByteBuffer put(ByteBuffer bytes, LocalDate date, boolean later) {
        if (date.getYear() < 1 || date.getYear() > YEAR_MAX) {
            throw new io.larder.CodecException(
                    String.format(Locale.ROOT, "Python's years are from 1 to %d, not %d", YEAR_MAX, date.getYear()),
                    null);
        }
        return bytes.putShort((short) date.getYear())
                .put((byte) (date.getMonthValue() | (later ? FOLD : 0)))
                .put((byte) date.getDayOfMonth());
    }

    private static ByteBuffer put(ByteBuffer bytes, LocalTime time) {
        int micros = time.getNano() / NANOS_PER_MICRO;
        return bytes.put((byte) time.getHour())
                .put((byte) time.getMinute())
                .put((byte) time.getSecond())
                .put((byte) (micros >> 16))
                .put((byte) (micros >> 8))
                .put((byte) micros);
    }

    /** Returns days, seconds of the day and microseconds of the second. */
    static List<Object> deltaOf(Duration duration) {
        return List.of(
                Math.toIntExact(Math.floorDiv(duration.getSeconds(), (long) SECONDS_PER_DAY)),
                (int) Math.floorMod(duration.getSeconds(), (long) SECONDS_PER_DAY),
                duration.getNano() / NANOS_PER_MICRO);
    }
}
