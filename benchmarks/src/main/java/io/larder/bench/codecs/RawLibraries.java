package io.larder.bench.codecs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.larder.spi.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import tools.jackson.databind.json.JsonMapper;

/** Other libraries, each as its own pages say it is fast. They look at nothing that Larder's codecs look at. */
final class RawLibraries {

    private static final int BUFFER_BYTES = 4_096;

    private RawLibraries() {}

    static Codec<Order, byte[]> jackson() {
        JsonMapper mapper = new JsonMapper();
        return new Codec<>() {
            @Override
            public byte[] encode(Order value) {
                return mapper.writeValueAsBytes(value);
            }

            @Override
            public Order decode(byte[] encoded) {
                return mapper.readValue(encoded, Order.class);
            }
        };
    }

    static Codec<Order, byte[]> fory() {
        ThreadSafeFory fory =
                Fory.builder().withXlang(false).requireClassRegistration(true).buildThreadSafeFory();
        fory.register(Order.class);
        fory.register(OrderLine.class);
        return new Codec<>() {
            @Override
            public byte[] encode(Order value) {
                return fory.serialize(value);
            }

            @Override
            public Order decode(byte[] encoded) {
                return (Order) fory.deserialize(encoded);
            }
        };
    }

    /** A Kryo serves one thread; one for each is its own advice. */
    static Codec<Order, byte[]> kryo() {
        record Parts(Kryo kryo, Output output, Input input) {}
        ThreadLocal<Parts> parts = ThreadLocal.withInitial(() -> {
            Kryo kryo = new Kryo();
            kryo.register(Order.class);
            kryo.register(OrderLine.class);
            kryo.register(ArrayList.class);
            return new Parts(kryo, new Output(BUFFER_BYTES, -1), new Input());
        });
        return new Codec<>() {
            @Override
            public byte[] encode(Order value) {
                Parts mine = parts.get();
                mine.output().reset();
                mine.kryo().writeObject(mine.output(), value);
                return mine.output().toBytes();
            }

            @Override
            public Order decode(byte[] encoded) {
                Parts mine = parts.get();
                mine.input().setBuffer(encoded);
                return mine.kryo().readObject(mine.input(), Order.class);
            }
        };
    }

    static Codec<Order, byte[]> jdk() {
        return new Codec<>() {
            @Override
            public byte[] encode(Order value) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(value);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return bytes.toByteArray();
            }

            @Override
            @SuppressWarnings("BanSerializableRead") // Its own bytes; what that costs is what is measured.
            public Order decode(byte[] encoded) {
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(encoded))) {
                    return (Order) in.readObject();
                } catch (IOException | ClassNotFoundException e) {
                    throw new IllegalStateException("Cannot read what was serialized before", e);
                }
            }
        };
    }
}
