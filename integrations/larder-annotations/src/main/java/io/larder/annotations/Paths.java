package io.larder.annotations;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Paths from a parameter, or the result, through accessors: {@code id}, {@code 0}, {@code user.address.city}, {@code result.team}. They are
 * looked up in the types as they are declared, so that a slip is found when the method is looked at, not when it is called.
 */
public final class Paths implements Expressions {

    static final String RESULT = "result";

    /** The one there is. */
    public static final Paths PATHS = new Paths();

    private Paths() {}

    @Override
    public Expression parse(String text, Method method, @Nullable Type resultType) {
        List<String> names = Arrays.asList(text.strip().split("\\.", -1));
        int parameter = parameter(method, names.get(0));
        if (parameter < 0 && !names.get(0).equals(RESULT)) {
            throw new IllegalArgumentException("no parameter '" + names.get(0) + "'; there are " + known(method));
        }
        if (parameter < 0 && resultType == null) {
            throw new IllegalArgumentException("'result' is needed before there is one");
        }
        Class<?> type =
                parameter < 0 ? Types.raw(Objects.requireNonNull(resultType)) : method.getParameterTypes()[parameter];
        List<Member> steps = new ArrayList<>();
        for (String name : names.subList(1, names.size())) {
            Member step = step(type, name);
            steps.add(step);
            type = step instanceof Field field ? field.getType() : ((Method) step).getReturnType();
        }
        return (arguments, result) -> {
            Object value = parameter < 0 ? result : arguments[parameter];
            for (Member step : steps) {
                value = value == null ? null : follow(step, value);
            }
            return value;
        };
    }

    private static int parameter(Method method, String name) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            boolean named =
                    parameters[i].isNamePresent() && parameters[i].getName().equals(name);
            if (named || String.valueOf(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String known(Method method) {
        List<String> names = new ArrayList<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            names.add(parameters[i].isNamePresent() ? parameters[i].getName() : String.valueOf(i));
        }
        boolean nameless = parameters.length > 0 && !parameters[0].isNamePresent();
        return names + (nameless ? ", because it was compiled without -parameters" : "");
    }

    private static Member step(Class<?> type, String name) {
        String capital = name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (String accessor : List.of(name, "get" + capital, "is" + capital)) {
            try {
                Method found = type.getMethod(accessor);
                if (found.getReturnType() != void.class && !Modifier.isStatic(found.getModifiers())) {
                    found.trySetAccessible();
                    return found;
                }
            } catch (NoSuchMethodException e) {
                // The next one may be there.
            }
        }
        try {
            Field found = type.getField(name);
            found.trySetAccessible();
            return found;
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException("no accessor '" + name + "' in " + type.getName(), e);
        }
    }

    private static @Nullable Object follow(Member step, Object value) {
        try {
            return step instanceof Field field ? field.get(value) : ((Method) step).invoke(value);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("Cannot read " + step + ". Make it public, or open its package", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "Cannot read " + step + ", because it threw " + e.getCause(), e.getCause());
        }
    }
}
