package io.larder.jcache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import javax.cache.CacheException;

/**
 * Copies by the JDK's serialization; what nobody can change is shared.
 *
 * <p>The bytes never leave this heap: what another program may have written is never read this way.
 */
final class SerialCopies implements Copies {

    private static final Set<Class<?>> IMMUTABLE = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            OffsetDateTime.class,
            URI.class,
            UUID.class,
            ZonedDateTime.class);

    private final ClassLoader classes;

    /** An object as bytes. */
    private static final class Frozen {

        private final byte[] bytes;

        Frozen(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    SerialCopies(ClassLoader classes) {
        this.classes = classes;
    }

    @Override
    public Object in(Object given) {
        if (given instanceof Enum || IMMUTABLE.contains(given.getClass())) {
            return given;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(given);
        } catch (IOException e) {
            throw new CacheException(
                    "Cannot copy a " + given.getClass().getName()
                            + " into the cache. Make it Serializable, or share it with setStoreByValue(false)",
                    e);
        }
        return new Frozen(bytes.toByteArray());
    }

    @Override
    public Object out(Object held) {
        if (!(held instanceof Frozen frozen)) {
            return held;
        }
        try (ObjectInputStream objects = new LoaderStream(new ByteArrayInputStream(frozen.bytes), classes)) {
            return objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new CacheException(
                    "Cannot copy an object out of the cache: its classes must be visible to the CacheManager's class loader "
                            + classes,
                    e);
        }
    }

    /** Reads objects whose classes the {@code CacheManager}'s class loader knows. */
    private static final class LoaderStream extends ObjectInputStream {

        private final ClassLoader classes;

        LoaderStream(InputStream bytes, ClassLoader classes) throws IOException {
            super(bytes);
            this.classes = classes;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, classes);
            } catch (ClassNotFoundException e) {
                // Primitive types have no loader.
                return super.resolveClass(described);
            }
        }
    }
}
