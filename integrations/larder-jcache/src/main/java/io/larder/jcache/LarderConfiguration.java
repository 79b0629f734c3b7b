package io.larder.jcache;

import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.KeyCodec;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A configuration with what JCache has no word for: how keys and values are written where a backend keeps bytes.
 *
 * <p>On {@code memory:} none of it is used. Confined to one thread.
 */
public final class LarderConfiguration<K, V> extends MutableConfiguration<K, V> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable KeyCodec<K> keyCodec;
    private transient @Nullable Codec<V, byte[]> codec;
    private transient @Nullable TypeRef<V> valueRef;

    /** Makes one of a cache whose values are of a type without arguments. */
    public LarderConfiguration(Class<K> keyType, Class<V> valueType) {
        setTypes(keyType, valueType);
    }

    /** Sets how keys are written; needed for types other than strings, integers, UUIDs and enums. */
    public LarderConfiguration<K, V> setKeyCodec(KeyCodec<K> keyCodec) {
        this.keyCodec = keyCodec;
        return this;
    }

    /** Sets how values are written, in place of what the URL says. */
    public LarderConfiguration<K, V> setCodec(Codec<V, byte[]> codec) {
        this.codec = codec;
        return this;
    }

    /** Sets the type of values with its arguments, for the codec that the URL names. */
    public LarderConfiguration<K, V> setValueRef(TypeRef<V> valueRef) {
        this.valueRef = valueRef;
        return this;
    }

    @Nullable
    KeyCodec<K> keyCodec() {
        return keyCodec;
    }

    @Nullable
    Codec<V, byte[]> codec() {
        return codec;
    }

    @Nullable
    TypeRef<V> valueRef() {
        return valueRef;
    }
}
