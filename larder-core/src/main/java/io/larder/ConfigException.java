package io.larder;

import org.jspecify.annotations.Nullable;

/** A URL, a setting or a combination of them cannot work; thrown before anything is opened or stored. */
public final class ConfigException extends LarderException {

    private static final long serialVersionUID = 1L;

    /** Makes one; {@code message} says what was expected and what to type instead. */
    public ConfigException(String message) {
        super(message, null);
    }

    /** Makes one with the failure that revealed it. */
    public ConfigException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
