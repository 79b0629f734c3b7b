package io.larder;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;

/**
 * A type with its type arguments, which a {@code Class} cannot carry: {@code new TypeRef<List<User>>() {}}.
 *
 * <p>Immutable.
 */
public abstract class TypeRef<T> {

    private final Type type;

    /** Captures the type argument of the anonymous subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)) {
            throw new IllegalArgumentException("A TypeRef needs its type argument: new TypeRef<List<User>>() {}");
        }
        type = checked(captured.getActualTypeArguments()[0]);
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** Returns the reference of a type without arguments. */
    public static <T> TypeRef<T> of(Class<T> type) {
        return new TypeRef<>(type) {};
    }

    /** Returns the reference of a type that is found at run time, such as what a method returns. */
    public static TypeRef<?> of(Type type) {
        return new TypeRef<Object>(checked(type)) {};
    }

    private static Type checked(Type type) {
        if (hasVariable(type)) {
            throw new IllegalArgumentException("A TypeRef must name its types, and '" + type.getTypeName()
                    + "' has a type variable, of which nothing is left at run time");
        }
        return type;
    }

    private static boolean hasVariable(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(TypeRef::hasVariable);
        }
        return type instanceof TypeVariable
                || (type instanceof GenericArrayType array && hasVariable(array.getGenericComponentType()));
    }

    /** Returns the captured type. */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
