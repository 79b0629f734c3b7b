package io.larder.cli;

import io.larder.ConfigException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cache on disk that all commands of a user share, in the folder where their system keeps what can be made again. */
final class UserCache {

    private static final String FOLDER = "larder";

    private UserCache() {}

    /**
     * Returns its URL.
     *
     * @param system what Java calls {@code os.name}
     */
    static String url(Map<String, String> environment, String system) {
        String path = folder(environment, system.toLowerCase(Locale.ROOT));
        // Without an empty host, a path that starts with two slashes would read as one: a home that is '/' makes such.
        return (path.startsWith("//") ? "disk://" : "disk:")
                + path.replace("%", "%25").replace("?", "%3F");
    }

    /** Says where, as the XDG Base Directory Specification has it, in which a path that is not absolute counts as none. */
    private static String folder(Map<String, String> environment, String system) {
        if (system.startsWith("windows")) {
            return required(environment.get("LOCALAPPDATA"), "LOCALAPPDATA") + "\\" + FOLDER;
        }
        String given = environment.get("XDG_CACHE_HOME");
        if (given != null && given.startsWith("/")) {
            return given + "/" + FOLDER;
        }
        String home = required(environment.get("HOME"), "HOME");
        return home + (system.startsWith("mac") ? "/Library/Caches/" : "/.cache/") + FOLDER;
    }

    private static String required(@Nullable String folder, String variable) {
        if (folder == null || folder.isEmpty()) {
            throw new ConfigException("Cannot tell where your cache is: the variable " + variable
                    + " is not set. Set it, or name a cache by --url or LARDER_URL");
        }
        return folder;
    }
}
