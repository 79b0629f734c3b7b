package io.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.url.CodecChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCodecTest {

    private static final AtomicBoolean GADGET_RAN = new AtomicBoolean();
    private static final String OWN = "io.larder.codec.JavaCodecTest$User";

    enum Rank {
        LOW,
        HIGH
    }

    record User(String name, Object more) implements Serializable {}

    /** Does something when it is read, as the links of a gadget chain do. */
    static final class Gadget implements Serializable {

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            GADGET_RAN.set(true);
            in.defaultReadObject();
        }

        @Override
        public int hashCode() {
            GADGET_RAN.set(true);
            return 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Gadget;
        }
    }

    private static <V> Codec<V, byte[]> codec(Class<V> type, String parameters) {
        CodecChain chain = CodecChain.parse("java(" + parameters + ")");
        return new JavaProvider().open(TypeRef.of(type), chain.steps().get(0).parameters());
    }

    private static byte[] serialized(Object value) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JDK says so by an {@link InternalError}. */
    @Test
    void aKeyWithoutAValueIsUnreadable() {
        Codec<Object, byte[]> codec = codec(Object.class, "allow=java.util.*");
        byte[] list = codec.encode(List.of("a", "b", "c"));
        byte[] map = list.clone();
        // What kind of collection it is, before how many elements it has.
        byte[] kind = {0, 0, 0, 1, 0x77, 4, 0, 0, 0, 3};
        int at = 0;
        while (!Arrays.equals(list, at, at + kind.length, kind, 0, kind.length)) {
            at++;
        }
        map[at + 3] = 3;

        assertThatThrownBy(() -> codec.decode(map)).isInstanceOf(CodecException.class);
    }

    @Test
    void whatIsOnTheListComesBackEqual() {
        Codec<User, byte[]> codec =
                codec(User.class, "allow=" + OWN + ";io.larder.codec.JavaCodecTest$Rank;java.util.*;java.time.*");
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            map.put("key " + i, i);
        }
        for (Object more : new Object[] {
            "text",
            1,
            2L,
            'c',
            1.5,
            Rank.HIGH,
            Instant.EPOCH,
            List.of(1, 2),
            Set.of(),
            map,
            new HashSet<>(map.keySet()),
            new HashMap<>(),
            new ArrayList<>(),
            new User("Bob", null)
        }) {
            User user = new User("Ann", more);

            assertThat(codec.decode(codec.encode(user))).isEqualTo(user);
        }
        assertThat((int[]) codec.decode(codec.encode(new User("", new int[] {1, 2})))
                        .more())
                .containsExactly(1, 2);
        assertThat((User[][])
                        codec.decode(codec.encode(new User("", new User[2][1]))).more())
                .hasDimensions(2, 1);
    }

    @Test
    void aGadgetIsRefusedBeforeItsCodeRuns() {
        Map<Object, Object> chain = new HashMap<>();
        chain.put(new Gadget(), "value");
        Codec<Object, byte[]> codec = codec(Object.class, "allow=" + OWN + ";java.util.*");
        List<byte[]> payloads = List.of(
                serialized(new Gadget()),
                serialized(new Gadget[] {new Gadget()}),
                serialized(chain),
                serialized(new HashSet<>(chain.keySet())),
                serialized(new User("Ann", chain)));
        GADGET_RAN.set(false);

        for (byte[] payload : payloads) {
            assertThatThrownBy(() -> codec.decode(payload))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(
                            "the class io.larder.codec.JavaCodecTest$Gadget is not in the list of 'allow'");
        }

        assertThat(GADGET_RAN).isFalse();
        Object unguarded = codec(Object.class, "allow=io.larder.**;java.util.*").decode(payloads.get(0));
        assertThat(unguarded).isInstanceOf(Gadget.class);
        assertThat(GADGET_RAN).as("the gadget works where it is let in").isTrue();
    }

    @Test
    void proxiesAreRefusedBothWays() {
        Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Comparable.class}, new Handler());
        Codec<Object, byte[]> codec =
                codec(Object.class, "allow=io.larder.**;java.lang.**;jdk.proxy2.**;com.sun.proxy.**");

        assertThatThrownBy(() -> codec.decode(serialized(proxy)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("a proxy is in no list");
        assertThatThrownBy(() -> codec.encode(proxy))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("a proxy is in no list");
    }

    private static final class Handler implements java.lang.reflect.InvocationHandler, Serializable {

        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            return null;
        }
    }

    @Test
    void whatIsNotOnTheListIsNotWritten() {
        Codec<User, byte[]> codec = codec(User.class, "allow=" + OWN);

        assertThatThrownBy(() -> codec.encode(new User("Ann", new ArrayList<>())))
                .isInstanceOf(CodecException.class)
                .hasMessage("Cannot serialize a value of " + OWN
                        + ": InvalidClassException, the class java.util.ArrayList is not in the list of 'allow'");
        assertThatThrownBy(() -> codec.encode(new User("Ann", new Object())))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("NotSerializableException, java.lang.Object");
        assertThatThrownBy(() -> codec.encode(null)).isInstanceOf(CodecException.class);
    }

    /** Arrays of primitives and of objects, and a list, each of which says that it has a thousand million elements. */
    @Test
    void aLengthThatTheBytesCannotFillAllocatesNothing() {
        Codec<Object, byte[]> codec = codec(Object.class, "allow=java.util.*;java.lang.Object");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Object value : List.of(new long[] {7}, new Object[] {null}, new ArrayList<>(List.of(1)))) {
            byte[] bytes = serialized(value);
            byte[] bomb = bytes.clone();
            int at = indexOfOne(bomb);
            ByteBuffer.wrap(bomb).putInt(at, 1 << 30);
            codec.decode(bytes);

            long before = thread.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> codec.decode(bomb))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("arrays for which there are not enough of them");
            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        }
    }

    /** Returns where the first integer 1 stands, which is the length in the samples above. */
    private static int indexOfOne(byte[] bytes) {
        for (int at = 0; at + 4 <= bytes.length; at++) {
            if (ByteBuffer.wrap(bytes).getInt(at) == 1) {
                return at;
            }
        }
        throw new AssertionError("there is no length in " + Arrays.toString(bytes));
    }

    /** Two sets in each of two sets, a hundred times: 2^100 steps to hash, if it came to that. */
    @Test
    void setsNestedInSetsAreRefused() {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Set<Object> leftBelow = new HashSet<>(Set.of("makes it another than the right one"));
            Set<Object> rightBelow = new HashSet<>();
            left.addAll(List.of(leftBelow, rightBelow));
            right.addAll(List.of(leftBelow, rightBelow));
            left = leftBelow;
            right = rightBelow;
        }
        byte[] bomb = serialized(root);

        assertThatThrownBy(() -> codec(Object.class, "allow=java.util.*").decode(bomb))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("more than 20 objects are nested in each other. Raise 'max-depth'");
    }

    @Test
    void depthIsWhatItIsSetTo() {
        List<Object> nested = List.of();
        for (int i = 0; i < 30; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        byte[] bytes = serialized(nested);

        assertThatThrownBy(() -> codec(Object.class, "allow=java.util.*").decode(bytes))
                .isInstanceOf(CodecException.class);
        assertThat(codec(Object.class, "allow=java.util.*,max-depth=40").decode(bytes))
                .isEqualTo(nested);
    }

    @Test
    void whatIsTooLongIsRefusedBothWays() {
        Codec<String, byte[]> narrow = codec(String.class, "allow=java.lang.String,max-bytes=100B");
        byte[] bytes = serialized("a".repeat(100));

        assertThatThrownBy(() -> narrow.encode("a".repeat(100)))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("107 bytes are more than 100 B. Raise 'max-bytes'");
        assertThatThrownBy(() -> narrow.decode(bytes)).isInstanceOf(CodecException.class);
    }

    @Test
    void anotherClassIsRefusedThoughItIsOnTheList() {
        assertThatThrownBy(() -> codec(User.class, "allow=" + OWN).decode(serialized("Ann")))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("they are of another class");
        assertThatThrownBy(() -> codec(User.class, "allow=" + OWN).decode(serialized(null)))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("they say null");
    }

    @Test
    void thereHasToBeAList() {
        assertThatThrownBy(() -> codec(User.class, "max-depth=3"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Codec 'java' needs a list of the classes that may be read, for whoever writes to the backend"
                                + " chooses which are. Write 'java(allow=com.acme.User;com.acme.dto.*)'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow=",
                "allow=*",
                "allow=**",
                "allow=!com.acme.User",
                "allow=com.acme.User;",
                "allow=com.*.User",
                "allow=com.acme.U*",
                "allow=maxdepth=5",
                "allow=java.base/java.util.*",
                "allow=com.acme.User,max-depth=0",
                "allow=com.acme.User,max-bytes=2GiB"
            })
    void whatIsNoListIsRefused(String parameters) {
        assertThatThrownBy(() -> codec(User.class, parameters)).isInstanceOf(ConfigException.class);
    }
}
