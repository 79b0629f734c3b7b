package io.larder.spi;

import io.larder.TypeRef;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;

/** Makes the codecs of one name, such as {@code json}; found by {@link java.util.ServiceLoader}. */
public interface CodecProvider {

    /** Returns the name that {@code codec=} in a URL begins with; lower case. */
    String name();

    /** Returns the parameters that the name takes in parentheses. */
    ParameterSet parameters();

    /** Returns a codec for values of {@code type}, or fails with a {@link io.larder.ConfigException}; no parameter has an unknown name. */
    <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters);
}
