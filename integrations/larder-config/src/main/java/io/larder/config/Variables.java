package io.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts variables of the environment in: <code>${NAME}</code>, or <code>${NAME:what stands in}</code>. */
record Variables(Map<String, String> environment, Mistakes mistakes) {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?\\}|\\$\\{");

    /** Returns the setting with all variables replaced, once: what a variable holds is taken as it is. */
    Setting expand(Setting setting) {
        List<String> notes = new ArrayList<>();
        String value = REFERENCE
                .matcher(setting.value())
                .replaceAll(found -> Matcher.quoteReplacement(
                        replacement(setting, found.group(), found.group(1), found.group(2), notes)));
        return setting.withValue(value, String.join(", ", notes));
    }

    private String replacement(Setting setting, String text, String name, String standard, List<String> notes) {
        if (text.equals("$${")) {
            return "${";
        }
        if (name == null) {
            mistakes.addCause(
                    setting.where(),
                    "'${' in '" + setting.key()
                            + "' begins no variable. Write '${NAME}' or '${NAME:default}'; '$${' is the text itself");
            return "";
        }
        String value = environment.get(name);
        if (value == null && standard == null) {
            mistakes.addCause(
                    setting.where(),
                    "'" + setting.key() + "' needs the variable " + name + ", which is not set. Set it, or write '${"
                            + name + ":default}'");
            return "";
        }
        notes.add(value == null ? "default of " + name : name);
        return value == null ? standard : value;
    }

    /** Returns {@code value} so that reading it gives the same again. */
    static String escaped(String value) {
        return value.replace("${", "$${");
    }
}
