package io.larder.annotations;

import io.larder.annotations.Expressions.Expression;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text with values in it: <code>user:{id}</code>. Immutable.
 *
 * <p>What is in a value cannot be taken for what is between values: the first letter of that gets a backslash before it, and so does a
 * backslash. So calls with different values have different texts.
 *
 * @param texts around the values, one more than there are
 */
record Template(List<String> texts, List<Expression> values) {

    static Template parse(String text, Method method, Expressions expressions, @Nullable Type resultType) {
        List<String> texts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = closing(text, open);
            if (open == from && from > 0) {
                throw new IllegalArgumentException("nothing tells the end of one value from the begin of the next");
            }
            texts.add(text.substring(from, open));
            values.add(expressions.parse(text.substring(open + 1, close), method, resultType));
            from = close + 1;
        }
        texts.add(text.substring(from));
        return new Template(texts, values);
    }

    /** Returns where the brace at {@code open} is closed; expressions may have braces of their own. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("'{' at " + (open + 1) + " is not closed");
    }

    boolean isConstant() {
        return values.isEmpty();
    }

    String text(@Nullable Object[] arguments, @Nullable Object result) {
        return text(arguments, result, UnaryOperator.identity());
    }

    /** Returns the text as a glob that takes the values as they are. */
    String glob(@Nullable Object[] arguments, @Nullable Object result) {
        return text(arguments, result, value -> value.replaceAll("[\\\\*?\\[\\]]", "\\\\$0"));
    }

    private String text(@Nullable Object[] arguments, @Nullable Object result, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder(texts.get(0));
        for (int i = 0; i < values.size(); i++) {
            String value = KeyText.plain(values.get(i).value(arguments, result));
            String next = texts.get(i + 1);
            if (!next.isEmpty() && i + 1 < values.size()) {
                value = value.replace(next.substring(0, 1), "\\" + next.charAt(0));
            }
            text.append(escape.apply(value)).append(next);
        }
        return text.toString();
    }
}
