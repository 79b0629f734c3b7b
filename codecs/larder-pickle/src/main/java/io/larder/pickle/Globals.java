package io.larder.pickle;

import static java.util.Map.entry;

import io.larder.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions and classes of Python that a pickle may name, and what is made in their place. Has no state.
 *
 * <p>This is the whole list. Nothing is looked up elsewhere, so a pickle that names {@code os.system} is refused by that name, and
 * nothing is called.
 */
final class Globals {

    private static final Pattern TELLABLE = Pattern.compile("[A-Za-z0-9_.]{1,80}");
    private static final int UUID_BITS = 128;

    /** Makes what a call returns. */
    private interface Maker {
        Object make(List<?> arguments, Budget budget);
    }

    /** One that may be called; never part of a value. */
    private record Global(String name, Maker maker) {}

    /** Arguments of which one is a class; never part of a value. */
    private record Arguments(List<?> items) {}

    @SuppressWarnings("JdkObsolete") // A deque may hold None, which no ArrayDeque does.
    private static final Map<String, Maker> KNOWN = Map.ofEntries(
            entry("_codecs.encode", (arguments, budget) -> bytes(arguments, budget)),
            entry("builtins.bytes", (arguments, budget) -> bytes(arguments, budget)),
            entry("builtins.bytearray", (arguments, budget) -> bytes(arguments, budget)),
            entry("builtins.set", (arguments, budget) -> {
                Set<@Nullable Object> set = new LinkedHashSet<>();
                Keys.addAll(set, items(arguments), budget);
                return set;
            }),
            entry("builtins.frozenset", (arguments, budget) -> Keys.frozenSet(items(arguments), budget)),
            entry("builtins.object", (arguments, budget) -> {
                throw new CodecException("it makes an object that is of no type", null);
            }),
            entry("collections.OrderedDict", (arguments, budget) -> {
                requireEmpty(items(arguments));
                return new LinkedHashMap<>();
            }),
            entry("collections.deque", (arguments, budget) -> {
                requireEmpty(items(arguments.subList(0, Math.min(1, arguments.size()))));
                return new LinkedList<>();
            }),
            entry("copyreg._reconstructor", (arguments, budget) -> {
                requireUuid(arguments.get(0));
                return new Unbuilt();
            }),
            entry("datetime.date", (arguments, budget) -> DateTimes.date(arguments)),
            entry("datetime.datetime", (arguments, budget) -> DateTimes.dateTime(arguments)),
            entry("datetime.time", (arguments, budget) -> DateTimes.time(arguments)),
            entry("datetime.timedelta", (arguments, budget) -> DateTimes.timeDelta(arguments)),
            entry("datetime.timezone", (arguments, budget) -> DateTimes.timeZone(arguments)),
            entry("decimal.Decimal", (arguments, budget) -> decimal((String) arguments.get(0))),
            entry("uuid.UUID", (arguments, budget) -> new Unbuilt()),
            entry("builtins.getattr", (arguments, budget) -> zoneMaker(arguments)),
            entry("zoneinfo.ZoneInfo", (arguments, budget) -> ZoneId.of((String) arguments.get(0))));

    private static final Map<String, String> PYTHON2 = Map.of("__builtin__", "builtins", "copy_reg", "copyreg");

    private Globals() {}

    static Object find(@Nullable Object module, @Nullable Object name) {
        if (!(module instanceof String from) || !(name instanceof String called)) {
            throw new CodecException("it names a function by something that is no name", null);
        }
        String full = PYTHON2.getOrDefault(from, from) + "." + called;
        Maker maker = KNOWN.get(full);
        if (maker == null) {
            throw new CodecException(
                    "it names " + (TELLABLE.matcher(full).matches() ? "'" + full + "'" : "something")
                            + ", which is none of the plain types that are read; nothing was called",
                    null);
        }
        return new Global(full, maker);
    }

    static Object call(@Nullable Object callee, @Nullable Object arguments, Budget budget) {
        List<?> items =
                arguments instanceof Arguments some ? some.items() : arguments instanceof List<?> tuple ? tuple : null;
        if (!(callee instanceof Global global) || items == null) {
            throw new CodecException("it calls what is no function, or with what are no arguments", null);
        }
        try {
            return global.maker().make(items, budget);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException(
                    "it calls '" + global.name() + "' with arguments that are not of one: "
                            + e.getClass().getSimpleName(),
                    null);
        }
    }

    /** Returns a tuple, for which nothing in it must be without a value, or the arguments of a call. */
    static Object tuple(List<@Nullable Object> items) {
        for (Object item : items) {
            if (item instanceof Global) {
                return new Arguments(items);
            }
            requireValue(item);
        }
        return Collections.unmodifiableList(items);
    }

    /** Tells an object that was made what it is. */
    static Object build(@Nullable Object target, @Nullable Object state) {
        if (target instanceof Unbuilt unbuilt
                && state instanceof Map<?, ?> fields
                && fields.get("int") instanceof Number number) {
            BigInteger value = new BigInteger(number.toString());
            if (value.signum() >= 0 && value.bitLength() <= UUID_BITS) {
                return unbuilt.build(new UUID(value.shiftRight(Long.SIZE).longValue(), value.longValue()));
            }
        }
        throw new CodecException("it gives a state to what has none", null);
    }

    static @Nullable Object requireValue(@Nullable Object item) {
        if (item instanceof Global global) {
            throw new CodecException("'" + global.name() + "' itself is no value", null);
        }
        if (item instanceof Arguments || item instanceof Unbuilt) {
            throw new CodecException("it uses what is not made yet", null);
        }
        return item;
    }

    /** Makes bytes of bytes, or of a string as Latin-1, which is how protocols without bytes write them. */
    private static byte[] bytes(List<?> arguments, Budget budget) {
        Object source = arguments.isEmpty() ? new byte[0] : arguments.get(0);
        byte[] bytes =
                source instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : ((byte[]) source).clone();
        budget.spend(bytes.length);
        if (source instanceof String text && !text.equals(new String(bytes, StandardCharsets.ISO_8859_1))) {
            throw new CodecException("bytes are written as a string that is not Latin-1", null);
        }
        return bytes;
    }

    private static Collection<?> items(List<?> arguments) {
        return arguments.isEmpty() ? List.of() : (Collection<?>) arguments.get(0);
    }

    /** Items of these come after the call, which no Python since 3.0 does otherwise. */
    private static void requireEmpty(Collection<?> items) {
        if (!items.isEmpty()) {
            throw new CodecException("it gives items to what gets them later", null);
        }
    }

    /** Python makes zones by a method of their class, and gets at it by a call; no other attribute can be had. */
    private static Object zoneMaker(List<?> arguments) {
        if (arguments.get(0) instanceof Global global
                && global.name().equals("zoneinfo.ZoneInfo")
                && "_unpickle".equals(arguments.get(1))) {
            return global;
        }
        throw new CodecException("it asks for an attribute of something that is no time zone", null);
    }

    private static void requireUuid(@Nullable Object type) {
        if (!(type instanceof Global global) || !global.name().equals("uuid.UUID")) {
            throw new CodecException("it makes an object of something that is no plain type", null);
        }
    }

    /** Finite ones only; Java has no others. */
    private static BigDecimal decimal(String text) {
        Numbers.requireDigits(text);
        return new BigDecimal(text);
    }
}
