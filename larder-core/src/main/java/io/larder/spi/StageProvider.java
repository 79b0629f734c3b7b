package io.larder.spi;

import io.larder.url.ParameterSet;
import io.larder.url.Parameters;

/**
 * Makes the stages of one name, which turn a codec's bytes into others, such as {@code zlib}; found by {@link java.util.ServiceLoader}.
 */
public interface StageProvider {

    /** Returns the name that stands after a {@code +} in {@code codec=}; lower case. */
    String name();

    /** Returns the parameters that the name takes in parentheses. */
    ParameterSet parameters();

    /** Returns a stage, or fails with a {@link io.larder.ConfigException}; no parameter has an unknown name. */
    Codec<byte[], byte[]> open(Parameters parameters);
}
