package io.larder.pickle;

import io.larder.CodecException;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a program expects of what a pickle says: records of dicts, arrays and collections of lists, numbers of a size. Confined to
 * one thread, for one pickle.
 *
 * <p>What a pickle has once and uses many times is made once, and what is made takes no more than what was read.
 */
final class Fitting {

    @SuppressWarnings("JdkObsolete") // A deque may hold None, which no ArrayDeque does.
    private static final List<Supplier<Collection<@Nullable Object>>> COLLECTIONS =
            List.of(ArrayList::new, LinkedHashSet::new, LinkedList::new, TreeSet::new, ArrayDeque::new);

    private static final List<Supplier<Map<@Nullable Object, @Nullable Object>>> MAPS =
            List.of(LinkedHashMap::new, TreeMap::new);

    /** A part of the pickle, by identity, and what it is to become. */
    private record Task(Object part, Shape shape) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Task that && part == that.part && shape.equals(that.shape);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(part);
        }
    }

    private final Map<Task, Optional<Object>> made = new HashMap<>();

    /** Returns whether there are values of the type that a pickle can be. */
    static boolean canMake(Shape shape) {
        Class<?> raw = shape.raw();
        return raw == Object.class
                || raw == Optional.class
                || raw.isArray()
                || raw.isRecord()
                || Scalars.canMake(raw)
                || emptyOf(COLLECTIONS, raw) != null
                || emptyOf(MAPS, raw) != null;
    }

    @Nullable
    Object fit(@Nullable Object value, Shape shape) {
        Class<?> raw = shape.raw();
        if (raw == Optional.class) {
            return Optional.ofNullable(fit(value, shape.argument(0)));
        }
        if (value == null) {
            if (raw.isPrimitive()) {
                throw refused("None", shape);
            }
            return null;
        }
        boolean container = value instanceof Collection || value instanceof Map;
        if (raw == Object.class || (container && raw.isInstance(value) && shape.isOpen())) {
            return value;
        }
        return container ? fitContainer(value, shape) : Scalars.fit(value, raw);
    }

    private Object fitContainer(Object value, Shape shape) {
        Task task = new Task(value, shape);
        Optional<Object> known = made.putIfAbsent(task, Optional.empty());
        if (known != null) {
            return known.orElseThrow(() ->
                    new CodecException("it refers to itself, which no " + shape + " can. Read it as Object", null));
        }
        Object result = value instanceof Map<?, ?> dict ? fitDict(dict, shape) : fitItems((Collection<?>) value, shape);
        made.put(task, Optional.of(result));
        return result;
    }

    private Object fitDict(Map<?, ?> dict, Shape shape) {
        if (shape.raw().isRecord()) {
            return fitRecord(dict, shape);
        }
        Map<@Nullable Object, @Nullable Object> fitted = emptyOf(MAPS, shape.raw());
        if (fitted == null) {
            throw refused("a dict", shape);
        }
        dict.forEach((key, value) -> fitted.put(fit(key, shape.argument(0)), fit(value, shape.argument(1))));
        return fitted;
    }

    private Object fitRecord(Map<?, ?> dict, Shape shape) {
        RecordFields fields = RecordFields.of(shape.raw());
        List<String> names = fields.names();
        @Nullable Object[] values = new Object[names.size()];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            Shape field = Shape.of(fields.types().get(i), shape.variables());
            if (dict.containsKey(names.get(i))) {
                found++;
            } else if (field.raw() != Optional.class) {
                throw new CodecException("a dict has no '" + names.get(i) + "', which " + shape + " needs", null);
            }
            values[i] = fit(dict.get(names.get(i)), field);
        }
        if (found < dict.size()) {
            throw new CodecException("a dict has more than the fields of " + shape, null);
        }
        return fields.make(values);
    }

    private Object fitItems(Collection<?> items, Shape shape) {
        if (shape.raw().isArray()) {
            Object array = Array.newInstance(shape.raw().componentType(), items.size());
            int index = 0;
            for (Object item : items) {
                Array.set(array, index, fit(item, shape.argument(0)));
                index++;
            }
            return array;
        }
        Collection<@Nullable Object> fitted = emptyOf(COLLECTIONS, shape.raw());
        if (fitted == null) {
            throw refused("a list, tuple, set or deque", shape);
        }
        items.forEach(item -> fitted.add(fit(item, shape.argument(0))));
        return fitted;
    }

    private static <T> @Nullable T emptyOf(List<Supplier<T>> kinds, Class<?> raw) {
        for (Supplier<T> kind : kinds) {
            T empty = kind.get();
            if (raw.isInstance(empty)) {
                return empty;
            }
        }
        return null;
    }

    static CodecException refused(String what, Shape shape) {
        return new CodecException(what + " is no " + shape, null);
    }
}
