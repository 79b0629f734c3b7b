package io.larder.spi;

import io.larder.LarderBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads configurations; found by {@link java.util.ServiceLoader}, in larder-config. Has no state. */
public interface ConfigReader {

    /**
     * Returns a builder with all that is configured, or fails with a {@link io.larder.ConfigException} that lists all that is wrong.
     *
     * @param file what to read, or null for the one that {@code environment} names, if it does
     * @param profile which profile goes over the rest, or null for the one that {@code environment} names, if it does
     */
    LarderBuilder read(@Nullable Path file, @Nullable String profile, Map<String, String> environment);
}
