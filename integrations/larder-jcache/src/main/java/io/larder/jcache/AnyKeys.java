package io.larder.jcache;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.codec.KeyCodecs;
import io.larder.spi.KeyCodec;
import java.util.List;
import java.util.UUID;

/** Keys of a cache without types, where they are written: a letter for the type, a colon, the key. Immutable. */
final class AnyKeys implements KeyCodec<Object> {

    private static final List<Kind<?>> KINDS = List.of(
            kind("s", String.class),
            kind("l", Long.class),
            kind("i", Integer.class),
            kind("h", Short.class),
            kind("b", Byte.class),
            kind("u", UUID.class));

    /** The keys of one type, and the prefix that tells it. */
    private record Kind<K>(String prefix, Class<K> type, KeyCodec<K> codec) {

        String encode(Object key) {
            return prefix + codec.encode(type.cast(key));
        }
    }

    private static <K> Kind<K> kind(String letter, Class<K> type) {
        return new Kind<>(letter + ":", type, KeyCodecs.of(type));
    }

    @Override
    public String encode(Object key) {
        for (Kind<?> kind : KINDS) {
            if (kind.type().isInstance(key)) {
                return kind.encode(key);
            }
        }
        throw new ConfigException("Cannot write a key of type " + key.getClass().getName()
                + " in a cache without types. Configure it with a LarderConfiguration that has a key codec");
    }

    @Override
    public Object decode(String text) {
        for (Kind<?> kind : KINDS) {
            if (text.startsWith(kind.prefix())) {
                return kind.codec().decode(text.substring(kind.prefix().length()));
            }
        }
        throw new CodecException("The key '" + text + "' has no type", null);
    }
}
