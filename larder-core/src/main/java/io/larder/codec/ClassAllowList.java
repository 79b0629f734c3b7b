package io.larder.codec;

import io.larder.ConfigException;
import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes that may be made of bytes: {@code com.acme.User;com.acme.dto.*;com.acme.**}, where {@code *} is a package and {@code **} is
 * one with all below it. Immutable.
 *
 * <p>Boxed primitives are on every list, and so are {@code Enum}, which enums extend, and {@code Object} and {@code Map.Entry}, of which
 * collections have arrays.
 */
final class ClassAllowList {

    private static final Pattern ENTRY = Pattern.compile("[\\p{L}\\p{N}_$]+(?:\\.[\\p{L}\\p{N}_$]+)*(?:\\.\\*\\*?)?");
    private static final Pattern ARRAY = Pattern.compile("\\[+(?:[BCDFIJSZ]|L(.*);)", Pattern.DOTALL);
    private static final int NAME_SHOWN_MAX = 80;
    private static final Set<String> ALWAYS = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Short",
            "java.lang.String",
            "java.util.Map$Entry");

    private final Set<String> names = new HashSet<>(ALWAYS);
    private final Set<String> packages = new HashSet<>();
    private final List<String> trees = new ArrayList<>();

    /** Reads entries with {@code ;} between them. */
    ClassAllowList(String text) {
        for (String entry : text.split(";", -1)) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new ConfigException(
                        "Cannot read '" + entry + "' in the 'allow' of codec 'java'. Expected classes and"
                                + " packages, such as 'com.acme.User;com.acme.dto.*;com.acme.model.**'");
            }
            if (entry.endsWith(".**")) {
                trees.add(entry.substring(0, entry.length() - 2));
            } else if (entry.endsWith(".*")) {
                packages.add(entry.substring(0, entry.length() - 2));
            } else {
                names.add(entry);
            }
        }
    }

    /** Refuses a class, or arrays of it, by its {@link Class#getName()}; no class needs to be loaded for that. */
    void require(String className) throws InvalidClassException {
        Matcher array = ARRAY.matcher(className);
        String name = array.matches() ? array.group(1) : className;
        boolean allowed = name == null // an array of primitives
                || names.contains(name)
                || packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))
                || trees.stream().anyMatch(name::startsWith);
        if (!allowed) {
            String shown = name.length() <= NAME_SHOWN_MAX ? name : name.substring(0, NAME_SHOWN_MAX) + "…";
            throw new InvalidClassException("the class " + shown + " is not in the list of 'allow'");
        }
    }
}
