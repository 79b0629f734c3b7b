package io.larder.config;

import io.larder.LarderBuilder;
import io.larder.spi.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link io.larder.Larder#fromConfig} and {@code fromEnv} find. Has no state. */
public final class Configurations implements ConfigReader {

    /** Makes one, for the ServiceLoader. */
    public Configurations() {}

    @Override
    public LarderBuilder read(@Nullable Path file, @Nullable String profile, Map<String, String> environment) {
        return LarderConfig.read(file, profile, environment).builder();
    }
}
