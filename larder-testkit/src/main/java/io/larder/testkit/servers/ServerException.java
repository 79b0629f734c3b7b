package io.larder.testkit.servers;

import org.jspecify.annotations.Nullable;

/** Says which server could not be started, reached or changed, or refused a command, and in its own words why. */
public final class ServerException extends RuntimeException {

    ServerException(String message) {
        this(message, null);
    }

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
