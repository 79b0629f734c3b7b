package io.larder.codec;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.KeyCodec;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The key types that need no codec of the caller's: strings, integers, UUIDs and enums. */
public final class KeyCodecs {

    private static final Map<Class<?>, KeyCodec<?>> BUILT_IN = Map.of(
            String.class, new TextKeys<>(String.class, text -> text),
            Long.class, new TextKeys<>(Long.class, Long::valueOf),
            Integer.class, new TextKeys<>(Integer.class, Integer::valueOf),
            Short.class, new TextKeys<>(Short.class, Short::valueOf),
            Byte.class, new TextKeys<>(Byte.class, Byte::valueOf),
            UUID.class, new TextKeys<>(UUID.class, UUID::fromString));

    private KeyCodecs() {}

    /** Returns the codec of {@code type}, or fails with a {@link ConfigException}; {@code toString()} is never used silently. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // The map's values match their keys; an enum's class is its own type.
    public static <K> KeyCodec<K> of(Class<K> type) {
        KeyCodec<?> builtIn = type.isEnum() ? new EnumKeys(type) : BUILT_IN.get(type);
        if (builtIn == null) {
            throw new ConfigException(
                    "No key codec for " + type.getName()
                            + ". String, Byte, Short, Integer, Long, UUID and enums need none; for other types call 'keyCodec(…)' on the cache's builder");
        }
        return (KeyCodec<K>) builtIn;
    }

    /** Keys whose {@code toString} is their one and only form. */
    private record TextKeys<K>(Class<K> type, Function<String, K> read) implements KeyCodec<K> {

        @Override
        public String encode(K key) {
            return key.toString();
        }

        @Override
        public K decode(String text) {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                throw new CodecException("The key '" + text + "' is no " + type.getSimpleName(), e);
            }
        }
    }

    /** Enum constants by name, which, unlike their order, survives a new version of the program. */
    private record EnumKeys<E extends Enum<E>>(Class<E> type) implements KeyCodec<E> {

        @Override
        public String encode(E key) {
            return key.name();
        }

        @Override
        public E decode(String text) {
            try {
                return Enum.valueOf(type, text);
            } catch (IllegalArgumentException e) {
                throw new CodecException("The key '" + text + "' is no " + type.getSimpleName(), e);
            }
        }
    }
}
