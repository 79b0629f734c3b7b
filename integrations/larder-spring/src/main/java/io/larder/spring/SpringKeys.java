package io.larder.spring;

import io.larder.annotations.KeyText;
import java.lang.reflect.Field;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/** Spring's keys as strings: strings as they are, all others as {@link KeyText}, after a {@code #}. */
final class SpringKeys {

    private static final char TYPED = '#';
    private static final Field PARAMETERS = parameters();

    private SpringKeys() {}

    private static Field parameters() {
        Field field = ReflectionUtils.findField(SimpleKey.class, "params");
        Assert.state(field != null, "SimpleKey has no 'params' any more. Use the Spring that this was built with");
        ReflectionUtils.makeAccessible(field);
        return field;
    }

    static String text(@Nullable Object key) {
        if (key instanceof String text) {
            return text.isEmpty() || text.charAt(0) != TYPED ? text : TYPED + text;
        }
        return TYPED
                + (key instanceof SimpleKey
                        ? KeyText.ofCall(
                                "", (Object[]) Objects.requireNonNull(ReflectionUtils.getField(PARAMETERS, key)))
                        : KeyText.of(key));
    }
}
