package io.larder.spi;

import io.larder.TypeRef;
import io.larder.url.Parameters;

/** Makes the codecs of one name, such as {@code json}; found by {@link java.util.ServiceLoader}. */
public interface CodecProvider {

    /** Returns the name that {@code codec=} in a URL takes; lower case. */
    String name();

    /** Returns a codec for values of {@code type}, or fails with a {@link io.larder.ConfigException}. */
    <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters);
}
