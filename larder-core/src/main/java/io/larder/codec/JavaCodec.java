package io.larder.codec;

import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.url.Units;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Values by Java's serialization, of classes on a list. Thread-safe.
 *
 * <p>No class that is not on the list is made, and none of its code runs, whatever the bytes say. Of a failure only its kind is told.
 */
final class JavaCodec<V> implements Codec<V, byte[]> {

    private final TypeRef<V> type;
    private final Class<?> expected;
    private final ClassAllowList allowed;
    private final int depthMax;
    private final int sizeBytesMax;

    JavaCodec(TypeRef<V> type, ClassAllowList allowed, int depthMax, int sizeBytesMax) {
        this.type = type;
        this.expected = erased(type.type());
        this.allowed = allowed;
        this.depthMax = depthMax;
        this.sizeBytesMax = sizeBytesMax;
    }

    private static Class<?> erased(Type type) {
        return type instanceof Class<?> plain
                ? plain
                : type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    @Override
    public byte[] encode(V value) {
        if (value == null) {
            throw new CodecException("Cannot serialize null. That there is no value is the entry's to say", null);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ListedOutput(bytes)) {
            out.writeObject(value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new CodecException("Cannot serialize a value of " + type + ": " + described(e), null);
        }
        if (bytes.size() > sizeBytesMax) {
            throw new CodecException("Cannot serialize a value of " + type + ": " + tooLong(bytes.size()), null);
        }
        return bytes.toByteArray();
    }

    @Override
    @SuppressWarnings({"unchecked", "BanSerializableRead"}) // The filter and the list are what the rule asks for.
    public V decode(byte[] encoded) {
        if (encoded.length > sizeBytesMax) {
            throw unreadable(encoded, tooLong(encoded.length));
        }
        JavaFilter filter = new JavaFilter(allowed, depthMax, encoded.length);
        Object value;
        try (ByteArrayInputStream bytes = new ByteArrayInputStream(encoded);
                ListedInput in = new ListedInput(bytes)) {
            in.setObjectInputFilter(filter);
            value = in.readObject();
            if (bytes.available() > 0) {
                throw unreadable(encoded, "something follows the value");
            }
        } catch (IOException
                | ClassNotFoundException
                | RuntimeException
                | LinkageError
                | StackOverflowError
                // The JDK's, of a Map.of() that has a key and no value.
                | InternalError e) {
            String why = filter.why();
            throw e instanceof CodecException told ? told : unreadable(encoded, why == null ? described(e) : why);
        }
        if (!expected.isInstance(value)) {
            throw unreadable(encoded, value == null ? "they say null" : "they are of another class");
        }
        return (V) value;
    }

    private String tooLong(int sizeBytes) {
        return sizeBytes + " bytes are more than " + Units.sizeText(sizeBytesMax) + ". Raise 'max-bytes'";
    }

    private CodecException unreadable(byte[] encoded, String why) {
        return new CodecException(
                "Cannot read " + encoded.length + " bytes as a serialized value of " + type + ": " + why, null);
    }

    /** Tells of a class no more than its name, and nothing else: messages may quote what was read. */
    private static String described(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        return failure instanceof InvalidClassException || failure instanceof NotSerializableException
                ? kind + ", " + failure.getMessage()
                : kind;
    }

    /** Refuses at once to write what could not be read. */
    private final class ListedOutput extends ObjectOutputStream {

        /** After a failure the stream writes the exception, which is nobody's to refuse. */
        private boolean failed;

        ListedOutput(OutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void annotateClass(Class<?> written) throws IOException {
            failed |= ObjectStreamException.class.isAssignableFrom(written);
            if (!failed) {
                allowed.require(written.getName());
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> written) throws IOException {
            throw new InvalidClassException("a proxy is in no list of 'allow'");
        }
    }

    /** Finds classes where the value's type was found, not where Larder was, and only those on the list. */
    private final class ListedInput extends ObjectInputStream {

        ListedInput(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            allowed.require(described.getName());
            ClassLoader loader = expected.getClassLoader();
            return Class.forName(
                    described.getName(),
                    false,
                    loader == null ? Thread.currentThread().getContextClassLoader() : loader);
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new InvalidClassException("a proxy is in no list of 'allow'");
        }
    }
}
