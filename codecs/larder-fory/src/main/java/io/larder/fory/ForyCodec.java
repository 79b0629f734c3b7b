package io.larder.fory;

import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import java.util.Set;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.memory.MemoryUtils;

/**
 * Values by Apache Fory, of classes that are registered. Thread-safe.
 *
 * <p>No other class is made, and no code of one runs, whatever the bytes say. Of a failure only its kind is told.
 */
final class ForyCodec<V> implements Codec<V, byte[]> {

    private final TypeRef<V> type;
    private final Class<?> expected;
    private final ThreadSafeFory fory;

    ForyCodec(TypeRef<V> type, Set<Class<?>> classes, int depthMax, long sizeBytesMax) {
        this.type = type;
        this.expected = Erasure.of(type.type());
        this.fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(true)
                .withDeserializeUnknownClass(false)
                // Another version's fields are a miss and not half an object.
                .withCompatible(false)
                .withClassVersionCheck(true)
                .withMaxDepth(depthMax)
                .withMaxGraphMemoryBytes(sizeBytesMax)
                .buildThreadSafeFory();
        // By name: numbers would change with the order.
        classes.forEach(listed -> fory.register(listed, listed.getName()));
    }

    @Override
    public byte[] encode(V value) {
        if (value == null) {
            throw new CodecException("Cannot write null by Fory. That there is no value is the entry's to say", null);
        }
        try {
            return fory.serialize(value);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new CodecException(
                    "Cannot write a value of " + type + " by Fory: "
                            + e.getClass().getSimpleName() + ". Name its classes, 'fory(classes=com.acme.User)'",
                    null);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public V decode(byte[] encoded) {
        Object value;
        try {
            // A ByteBuffer in the value is a view of the bytes, which are not for its owner to change.
            MemoryBuffer in = MemoryUtils.wrap(encoded.clone());
            value = fory.deserialize(in);
            if (in.readerIndex() != encoded.length) {
                throw unreadable(encoded, "something follows the value");
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw e instanceof CodecException told
                    ? told
                    : unreadable(encoded, e.getClass().getSimpleName());
        }
        if (!expected.isInstance(value)) {
            throw unreadable(encoded, value == null ? "they say null" : "they are of another class");
        }
        return (V) value;
    }

    private CodecException unreadable(byte[] encoded, String why) {
        return new CodecException("Cannot read " + encoded.length + " bytes by Fory as " + type + ": " + why, null);
    }
}
