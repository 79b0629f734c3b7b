package io.larder.jackson;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Tells what went wrong without a word of the value: the kind, the properties that lead there, and the place. */
final class JsonFailure {

    /** How many properties are named; a value that contains itself has no end of them. */
    private static final int STEPS_MAX = 8;

    private JsonFailure() {}

    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.getClass().getSimpleName());
        Throwable cause = failure.getCause();
        if (cause != null) {
            text.append(" by ").append(cause.getClass().getSimpleName());
        }
        if (failure instanceof JacksonException jackson) {
            appendPath(text, jackson);
            TokenStreamLocation location = jackson.getLocation();
            if (location != null && location.getLineNr() > 0) {
                text.append(", line ").append(location.getLineNr());
                text.append(", column ").append(location.getColumnNr());
            }
        }
        return text.toString();
    }

    private static void appendPath(StringBuilder text, JacksonException failure) {
        StringBuilder path = new StringBuilder();
        List<JacksonException.Reference> steps = failure.getPath();
        for (JacksonException.Reference step : steps.subList(0, Math.min(STEPS_MAX, steps.size()))) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(isData(step, failure) ? "?" : step.getPropertyName());
            }
        }
        if (!path.isEmpty()) {
            text.append(" at ").append(path).append(steps.size() > STEPS_MAX ? "…" : "");
        }
    }

    /** Returns whether a name comes from the value: a map's key, or the property that no class has. */
    private static boolean isData(JacksonException.Reference step, JacksonException failure) {
        Object from = step.from();
        Class<?> holder = from instanceof Class<?> type ? type : from == null ? Object.class : from.getClass();
        boolean last = step == failure.getPath().get(failure.getPath().size() - 1);
        return Map.class.isAssignableFrom(holder)
                || holder == Object.class
                || (last && failure instanceof UnrecognizedPropertyException);
    }
}
