package io.larder.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads properties, by the platform's parser, a logical line at a time: as a whole it tells neither lines nor what stands twice. */
final class PropertiesText {

    private PropertiesText() {}

    static void parse(String text, ConfigFile file) {
        StringBuilder logical = new StringBuilder();
        int first = 0;
        int line = 0;
        for (String each : text.lines().toList()) {
            line++;
            boolean begins = logical.isEmpty();
            first = begins ? line : first;
            logical.append(each).append('\n');
            if (!goesOn(each, begins)) {
                add(logical.toString(), first, file);
                logical.setLength(0);
            }
        }
        add(logical.toString(), first, file);
    }

    /** Returns whether a line ends with a backslash that is not itself escaped; a comment does not go on. */
    private static boolean goesOn(String line, boolean begins) {
        String stripped = line.stripLeading();
        if (begins && (stripped.startsWith("#") || stripped.startsWith("!"))) {
            return false;
        }
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private static void add(String logical, int line, ConfigFile file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logical));
        } catch (IllegalArgumentException e) {
            file.wrong(line, "Bad escape: expected '\\u' and four hexadecimal digits");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties
                .stringPropertyNames()
                .forEach(key -> file.add(key, properties.getProperty(key).strip(), line));
    }
}
