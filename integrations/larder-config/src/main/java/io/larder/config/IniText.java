package io.larder.config;

/**
 * Reads INI, strictly: {@code [section]}, {@code key = value} and, on lines of their own, comments behind {@code #} or {@code ;}. No
 * quotes, no escapes, no line that goes on in the next: a value is what stands behind the sign, without the blanks around it.
 */
final class IniText {

    private IniText() {}

    static void parse(String text, ConfigFile file) {
        String section = "";
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            int equals = line.indexOf('=');
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip() + ".";
            } else if (equals > 0) {
                String key = section + line.substring(0, equals).strip();
                file.add(key, line.substring(equals + 1).strip(), number);
            } else {
                file.wrong(number, "Expected '[section]' or 'key = value'");
            }
        }
    }
}
