package io.larder.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in one file, in its order, and what is wrong with its form. Confined to one thread. */
final class ConfigFile {

    private static final int SETTINGS_MAX = 10_000;

    private final String name;
    private final Mistakes mistakes;
    private final Map<List<String>, Setting> settings = new LinkedHashMap<>();
    private boolean readable = true;

    private ConfigFile(String name, Mistakes mistakes) {
        this.name = name;
        this.mistakes = mistakes;
    }

    /** Reads {@code file} in the format that its name ends with. */
    static ConfigFile read(Path file, Mistakes mistakes) {
        ConfigFile read = new ConfigFile(file.toString(), mistakes);
        try {
            String text = Files.readString(file);
            read.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (NoSuchFileException e) {
            read.unreadable("There is no such file");
        } catch (CharacterCodingException e) {
            read.unreadable("Cannot read it: it is not UTF-8");
        } catch (IOException e) {
            read.unreadable("Cannot read it: " + e.getMessage());
        }
        return read;
    }

    private void parse(String text) {
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            YamlText.parse(text, this);
        } else if (name.endsWith(".properties")) {
            PropertiesText.parse(text, this);
        } else if (name.endsWith(".ini")) {
            IniText.parse(text, this);
        } else {
            unreadable("Its name must end with .yaml, .yml, .properties or .ini, to tell what it is");
        }
    }

    private void unreadable(String why) {
        readable = false;
        mistakes.add(name, why);
    }

    /** Notes that the rest cannot be understood, because of what stands in {@code line}, counted from 1. */
    void broken(int line, String why) {
        readable = false;
        wrong(line, why);
    }

    void wrong(int line, String why) {
        mistakes.add(where(line), why);
    }

    void add(List<String> path, String value, int line) {
        Setting already = settings.get(path);
        if (already != null) {
            wrong(line, "'" + already.key() + "' stands twice, first at " + already.where() + ". Keep one");
        } else if (settings.size() == SETTINGS_MAX) {
            broken(
                    line,
                    "More than " + SETTINGS_MAX + " settings. Write fewer, or look for aliases that multiply them");
        } else {
            settings.put(List.copyOf(path), new Setting(path, value, where(line), where(line)));
        }
    }

    /** Adds a key with dots between its parts; a prefix may have dots itself. */
    void add(String key, String value, int line) {
        List<String> path = new ArrayList<>(List.of(key.split("\\.", -1)));
        int routes = path.indexOf(Setting.ROUTES);
        if (routes > 1 && routes + 2 < path.size()) {
            String prefix = String.join(".", path.subList(routes + 1, path.size()));
            path.subList(routes + 1, path.size()).clear();
            path.add(prefix);
        }
        add(path, value, line);
    }

    private String where(int line) {
        return name + ":" + line;
    }

    String name() {
        return name;
    }

    boolean isReadable() {
        return readable;
    }

    List<Setting> settings() {
        return List.copyOf(settings.values());
    }
}
