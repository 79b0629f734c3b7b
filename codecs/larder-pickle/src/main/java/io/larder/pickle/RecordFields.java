package io.larder.pickle;

import io.larder.CodecException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a record class, found out once. Thread-safe. */
final class RecordFields {

    private static final ClassValue<RecordFields> KNOWN = new ClassValue<>() {
        @Override
        protected RecordFields computeValue(Class<?> type) {
            return new RecordFields(type);
        }
    };

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Map<String, Method> accessors = new LinkedHashMap<>();
    private final List<Type> types;

    private RecordFields(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has this constructor", e);
        }
        this.types =
                Arrays.stream(components).map(RecordComponent::getGenericType).toList();
        constructor.setAccessible(true);
        for (RecordComponent component : components) {
            component.getAccessor().setAccessible(true);
            accessors.put(component.getName(), component.getAccessor());
        }
    }

    static RecordFields of(Class<?> type) {
        return KNOWN.get(type);
    }

    List<String> names() {
        return List.copyOf(accessors.keySet());
    }

    List<Type> types() {
        return types;
    }

    Map<String, @Nullable Object> read(Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        accessors.forEach((name, accessor) -> fields.put(name, invoke(() -> accessor.invoke(value))));
        return fields;
    }

    Object make(@Nullable Object[] values) {
        Object made = invoke(() -> constructor.newInstance(values));
        if (made == null) {
            throw new IllegalStateException("a constructor returned null");
        }
        return made;
    }

    private interface Invocation {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private @Nullable Object invoke(Invocation invocation) {
        try {
            return invocation.run();
        } catch (InvocationTargetException e) {
            throw new CodecException(
                    type.getName() + " refuses it with "
                            + e.getTargetException().getClass().getSimpleName(),
                    null);
        } catch (ReflectiveOperationException e) {
            throw new CodecException(
                    type.getName() + " cannot be made: " + e.getClass().getSimpleName(), null);
        }
    }
}
