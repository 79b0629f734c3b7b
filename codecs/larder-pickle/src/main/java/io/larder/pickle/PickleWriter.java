package io.larder.pickle;

import io.larder.CodecException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import java.util.AbstractList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as pickles, most types byte for byte as CPython does. Confined to one thread, for one value.
 *
 * <p>A key has to be of what Python cannot change: there a list is a tuple, and a set a frozenset.
 */
final class PickleWriter {

    /** As many items as CPython adds at once. */
    private static final int BATCH = 1_000;

    private static final int WITH_BYTES = 3;
    private static final int WITH_SETS = 4;
    private static final int TUPLE_UNMARKED_MAX = 3;

    private final int protocol;
    private final PickleOutput out;
    private final IdentityHashMap<Object, Integer> written = new IdentityHashMap<>();

    private PickleWriter(int protocol) {
        this.protocol = protocol;
        this.out = new PickleOutput(protocol);
    }

    static byte[] pickle(Object value, int protocol) {
        PickleWriter writer = new PickleWriter(protocol);
        writer.write(value, 0);
        return writer.out.finished();
    }

    private void write(@Nullable Object value, int depth) {
        Nesting.require(depth);
        Integer number = value == null ? null : written.get(value);
        if (number != null) {
            out.recall(number);
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), depth);
        } else if (value != null && value.getClass().isRecord()) {
            writeDict(value, RecordFields.of(value.getClass()).read(value), depth);
        } else if (value instanceof Map<?, ?> dict) {
            writeDict(dict, dict, depth);
        } else if (value instanceof Set<?> set) {
            writeSet(set, depth);
        } else if (value instanceof Deque<?> deque) {
            reduce(deque, "collections", "deque", List.of());
            writeItems(deque, Op.APPEND, Op.APPENDS, item -> write(item, depth + 1));
        } else if (value instanceof Collection<?> items) {
            writeList(items, items, depth);
        } else if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
            writeList(value, itemsOf(value), depth);
        } else {
            writeScalar(value);
        }
    }

    private void writeKey(@Nullable Object value, int depth) {
        Nesting.require(depth);
        if (value instanceof List<?> tuple) {
            writeTuple(tuple, depth);
        } else if (value instanceof Set<?> set) {
            if (protocol >= WITH_SETS) {
                out.op(Op.MARK);
                set.forEach(item -> writeKey(item, depth + 1));
                out.op(Op.FROZENSET);
            } else {
                out.global("builtins", "frozenset");
                writeListInCall(set, depth);
            }
            out.remember();
        } else if (value instanceof Collection || value instanceof Map || (value != null && isMutable(value))) {
            throw refused(value, "cannot be a key in Python");
        } else {
            writeScalar(value);
        }
    }

    private static boolean isMutable(Object value) {
        return value.getClass().isRecord() || (value.getClass().isArray() && !(value instanceof byte[]));
    }

    private void writeScalar(@Nullable Object value) {
        if (value == null) {
            out.op(Op.NONE);
        } else if (value instanceof Boolean flag) {
            out.op(flag ? Op.NEWTRUE : Op.NEWFALSE);
        } else if (Scalars.isInteger(value)) {
            out.integer(Scalars.integer(value));
        } else if (value instanceof Float || value instanceof Double) {
            out.floating(((Number) value).doubleValue());
        } else if (value instanceof CharSequence || value instanceof Character) {
            out.text(value.toString());
        } else if (value instanceof Enum<?> constant) {
            out.text(constant.name());
        } else if (value instanceof byte[] bytes) {
            writeBytes(bytes, bytes);
        } else if (value instanceof ByteBuffer buffer) {
            writeBytes(buffer, Scalars.bytes(buffer));
        } else {
            writeMade(value);
        }
    }

    /** Writes what Python makes by a call. */
    private void writeMade(Object value) {
        if (value instanceof BigDecimal decimal) {
            reduce(decimal, "decimal", "Decimal", List.of(decimal.toString()));
        } else if (value instanceof UUID uuid) {
            writeUuid(uuid);
        } else if (value instanceof LocalDate date) {
            reduce(date, "datetime", "date", List.of(DateTimes.bytes(date)));
        } else if (value instanceof LocalTime time) {
            reduce(time, "datetime", "time", List.of(DateTimes.bytes(time)));
        } else if (value instanceof OffsetTime time) {
            reduce(time, "datetime", "time", List.of(DateTimes.bytes(time.toLocalTime()), time.getOffset()));
        } else if (value instanceof LocalDateTime at) {
            reduce(at, "datetime", "datetime", List.of(DateTimes.bytes(at, false)));
        } else if (value instanceof Instant at) {
            writeZoned(at, at.atZone(ZoneOffset.UTC));
        } else if (value instanceof OffsetDateTime at) {
            writeZoned(at, at.toZonedDateTime());
        } else if (value instanceof ZonedDateTime at) {
            writeZoned(at, at);
        } else if (value instanceof Duration duration) {
            reduce(duration, "datetime", "timedelta", DateTimes.deltaOf(duration));
        } else if (value instanceof ZoneOffset offset) {
            reduce(offset, "datetime", "timezone", List.of(Duration.ofSeconds(offset.getTotalSeconds())));
        } else if (value instanceof ZoneId zone) {
            writeZone(zone);
        } else {
            throw refused(value, "is none of Python's plain types. Make it a record, or choose another codec");
        }
    }

    /** Writes a zone as the name of it, and as an offset where the name says no more. */
    private void writeZone(ZoneId zone) {
        if (zone.normalized() instanceof ZoneOffset offset) {
            write(offset, 0);
            return;
        }
        out.global("builtins", "getattr");
        out.global("zoneinfo", "ZoneInfo");
        out.text("_unpickle");
        call(2);
        out.remember();
        out.text(zone.getId());
        out.op(Op.NEWTRUE);
        call(2);
        remember(zone);
    }

    private void writeZoned(Object value, ZonedDateTime at) {
        byte[] local = DateTimes.bytes(at.toLocalDateTime(), DateTimes.isLater(at));
        reduce(value, "datetime", "datetime", List.of(local, at.getZone()));
    }

    private void writeBytes(Object value, byte[] bytes) {
        if (protocol >= WITH_BYTES) {
            out.bytes(bytes);
            remember(value);
        } else if (bytes.length == 0) {
            reduce(value, "builtins", "bytes", List.of());
        } else {
            reduce(value, "_codecs", "encode", List.of(new String(bytes, StandardCharsets.ISO_8859_1), "latin1"));
        }
    }

    private void writeUuid(UUID uuid) {
        out.global("uuid", "UUID");
        out.op(Op.EMPTY_TUPLE);
        out.op(Op.NEWOBJ);
        remember(uuid);
        out.op(Op.EMPTY_DICT);
        out.remember();
        out.text("int");
        out.integer(new BigInteger(uuid.toString().replace("-", ""), 16));
        out.op(Op.SETITEM);
        out.op(Op.BUILD);
    }

    private <K, V> void writeDict(Object value, Map<K, V> dict, int depth) {
        out.op(Op.EMPTY_DICT);
        remember(value);
        writeItems(dict.entrySet(), Op.SETITEM, Op.SETITEMS, entry -> {
            writeKey(entry.getKey(), depth + 1);
            write(entry.getValue(), depth + 1);
        });
    }

    private void writeList(Object value, Collection<?> items, int depth) {
        out.op(Op.EMPTY_LIST);
        remember(value);
        writeItems(items, Op.APPEND, Op.APPENDS, item -> write(item, depth + 1));
    }

    private void writeSet(Set<?> set, int depth) {
        if (protocol < WITH_SETS) {
            out.global("builtins", "set");
            writeListInCall(set, depth);
            remember(set);
        } else {
            out.op(Op.EMPTY_SET);
            remember(set);
            writeItems(set, Op.ADDITEMS, Op.ADDITEMS, item -> writeKey(item, depth + 1));
        }
    }

    /** Calls what is on the stack with a list of keys, which is how protocols without sets write one. */
    private void writeListInCall(Collection<?> keys, int depth) {
        out.op(Op.EMPTY_LIST);
        out.remember();
        writeItems(keys, Op.APPEND, Op.APPENDS, key -> writeKey(key, depth + 1));
        call(1);
    }

    /** Adds the items to what is on the stack: a single one by {@code one}, which differs from {@code many} if it needs no mark. */
    private <T> void writeItems(Collection<T> items, int one, int many, Consumer<T> writer) {
        Iterator<T> next = items.iterator();
        boolean unmarked = items.size() == 1 && one != many;
        for (int left = items.size(); left > 0; left -= BATCH) {
            if (!unmarked) {
                out.op(Op.MARK);
            }
            for (int i = 0; i < Math.min(left, BATCH); i++) {
                writer.accept(next.next());
            }
            out.op(unmarked ? one : many);
        }
    }

    private void writeTuple(List<?> items, int depth) {
        int size = items.size();
        if (size > TUPLE_UNMARKED_MAX) {
            out.op(Op.MARK);
        }
        items.forEach(item -> writeKey(item, depth + 1));
        tuple(size);
    }

    private void reduce(Object value, String module, String name, List<?> arguments) {
        out.global(module, name);
        for (Object argument : arguments) {
            write(argument, 0);
        }
        call(arguments.size());
        remember(value);
    }

    private void call(int arguments) {
        tuple(arguments);
        out.op(Op.REDUCE);
    }

    /** Makes a tuple of what was written since a mark, if it needs one. */
    private void tuple(int size) {
        if (size == 0) {
            out.op(Op.EMPTY_TUPLE);
        } else {
            out.op(size > TUPLE_UNMARKED_MAX ? Op.TUPLE : Op.TUPLE1 + size - 1);
            out.remember();
        }
    }

    private void remember(Object value) {
        written.put(value, out.remember());
    }

    private static List<@Nullable Object> itemsOf(Object array) {
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                return Array.get(array, index);
            }

            @Override
            public int size() {
                return Array.getLength(array);
            }
        };
    }

    private static CodecException refused(@Nullable Object value, String why) {
        return new CodecException(
                "a " + (value == null ? "null" : value.getClass().getName()) + " " + why, null);
    }
}
