package io.larder.fory;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

/** Types without their arguments. */
final class Erasure {

    private Erasure() {}

    static Class<?> of(Type type) {
        return type instanceof Class<?> plain
                ? plain
                : type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    /** Returns the classes that {@code type} names, arguments included, interfaces and those of the JDK left out. */
    static Set<Class<?>> classesOf(Type type) {
        Set<Class<?>> classes = new HashSet<>();
        collect(type, classes);
        return classes;
    }

    private static void collect(Type type, Set<Class<?>> classes) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), classes);
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, classes);
            }
        } else if (type instanceof GenericArrayType array) {
            collect(array.getGenericComponentType(), classes);
        } else if (type instanceof Class<?> plain && plain.isArray()) {
            collect(plain.componentType(), classes);
        } else if (type instanceof Class<?> plain
                && !plain.isInterface()
                && !plain.isPrimitive()
                && !plain.getName().startsWith("java.")) {
            classes.add(plain);
        }
    }
}
