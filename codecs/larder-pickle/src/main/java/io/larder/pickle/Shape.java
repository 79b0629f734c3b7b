package io.larder.pickle;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A type with nothing left open: a class and what it is a class of; an array's component is its argument. Immutable. */
record Shape(Class<?> raw, List<Shape> arguments) {

    static final Shape ANYTHING = new Shape(Object.class, List.of());

    static Shape of(Type type) {
        return of(type, Map.of());
    }

    static Shape of(Type type, Map<TypeVariable<?>, Shape> variables) {
        if (type instanceof Class<?> plain) {
            return new Shape(plain, plain.isArray() ? List.of(of(plain.componentType(), variables)) : List.of());
        }
        if (type instanceof ParameterizedType generic) {
            List<Shape> arguments = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(of(argument, variables));
            }
            return new Shape((Class<?>) generic.getRawType(), List.copyOf(arguments));
        }
        if (type instanceof GenericArrayType array) {
            Shape component = of(array.getGenericComponentType(), variables);
            return new Shape(Array.newInstance(component.raw, 0).getClass(), List.of(component));
        }
        return type instanceof WildcardType wildcard
                ? of(wildcard.getUpperBounds()[0], variables)
                : variables.getOrDefault((TypeVariable<?>) type, ANYTHING);
    }

    /** Returns the argument at {@code index}; a raw type's is anything. */
    Shape argument(int index) {
        return index < arguments.size() ? arguments.get(index) : ANYTHING;
    }

    /** Returns whether any value of the class will do, whatever is in it. */
    boolean isOpen() {
        return arguments.stream().allMatch(ANYTHING::equals);
    }

    /** Returns what the variables of the class stand for. */
    Map<TypeVariable<?>, Shape> variables() {
        Map<TypeVariable<?>, Shape> variables = new HashMap<>();
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        for (int i = 0; i < parameters.length; i++) {
            variables.put(parameters[i], argument(i));
        }
        return variables;
    }

    @Override
    public String toString() {
        return raw.getTypeName();
    }
}
