package io.larder.annotations;

import io.larder.annotations.Expressions.Expression;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A boolean in a call: <code>{user.active}</code>, or <code>!{user.guest}</code>; null is false. Immutable. */
record Condition(String text, Expression value, boolean wanted) {

    static @Nullable Condition parse(String text, Method method, Expressions expressions, @Nullable Type resultType) {
        if (text.isEmpty()) {
            return null;
        }
        boolean negated = text.startsWith("!");
        Template template = Template.parse(negated ? text.substring(1) : text, method, expressions, resultType);
        if (template.values().size() != 1 || !template.texts().stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "a condition is one value in braces, such as '{user.active}' or '!{user.guest}'");
        }
        return new Condition(text, template.values().get(0), !negated);
    }

    boolean holds(@Nullable Object[] arguments, @Nullable Object result) {
        Object found = value.value(arguments, result);
        if (found != null && !(found instanceof Boolean)) {
            throw new IllegalArgumentException("The condition '" + text + "' must be true or false, was of "
                    + found.getClass().getName());
        }
        return Boolean.TRUE.equals(found) == wanted;
    }
}
