package io.larder.annotations;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import org.jspecify.annotations.Nullable;

/** Looks into generic types. */
final class Types {

    /** A list as the type of what a {@code Flux} brings. */
    private record ListOf(Type element) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return java.util.List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public String getTypeName() {
            return "java.util.List<" + element.getTypeName() + ">";
        }
    }

    private Types() {}

    static Type listOf(Type element) {
        return new ListOf(element);
    }

    /** Returns the one argument of a type such as {@code Optional<User>}; {@code Object} where it has none. */
    static Type argument(Type type) {
        Type argument = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
        if (argument instanceof WildcardType wildcard) {
            // What a Continuation takes stands below, what a future gives above.
            return wildcard.getLowerBounds().length > 0 ? wildcard.getLowerBounds()[0] : wildcard.getUpperBounds()[0];
        }
        return argument;
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> simple) {
            return simple;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof GenericArrayType array
                ? raw(array.getGenericComponentType()).arrayType()
                : Object.class;
    }

    static Type boxed(Type type) {
        return type instanceof Class<?> simple && simple.isPrimitive()
                ? MethodType.methodType(simple).wrap().returnType()
                : type;
    }
}
