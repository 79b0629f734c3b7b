package io.larder.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.TypeRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codec does not write or read, and what it says about it. */
class JacksonRefusalsTest {

    record User(String name, int age) {}

    static final class Opaque {

        private final int hidden = 5;

        @Override
        public String toString() {
            return "Opaque" + hidden;
        }
    }

    public static final class Ring {

        public List<Ring> next = new ArrayList<>();
    }

    record Picky(String name) {

        Picky {
            if (name.startsWith("secret")) {
                throw new IllegalArgumentException("bad name " + name);
            }
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    @Nested
    class Refusals {

        private final JacksonCodec<User> users = JacksonCodec.of(TypeRef.of(User.class));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "{",
                    "[]",
                    "\"Ann\"",
                    "{\"name\":\"Ann\"}",
                    "{\"age\":1}",
                    "{\"name\":\"Ann\",\"age\":null}",
                    "{\"name\":\"Ann\",\"age\":1.5}",
                    "{\"name\":\"Ann\",\"age\":3000000000}",
                    "{\"name\":\"Ann\",\"age\":1,\"team\":7}",
                    "{\"name\":\"Ann\",\"age\":1} {}",
                    "{\"name\":\"Ann\",\"age\":1}x",
                    "{\"name\":\"Ann\",\"age\":01}",
                    "{'name':'Ann','age':1}",
                    "{\"name\":\"Ann\",\"age\":1,}",
                    "\uFFFF"
                })
        void whatIsNoUserIsRefused(String json) {
            assertThatThrownBy(() -> users.decode(bytes(json)))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("Cannot read " + bytes(json).length + " bytes as JSON of ")
                    .hasMessageContaining("User")
                    .hasMessageNotContaining("Ann")
                    .hasNoCause();
        }

        @Test
        void brokenUtf8IsRefused() {
            assertThatThrownBy(() -> users.decode(new byte[] {'"', (byte) 0xC3, '"'}))
                    .isInstanceOf(CodecException.class);
        }

        @Test
        void everyCutOfAValueIsRefused() {
            byte[] whole = users.encode(new User("Ann", 42));

            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> users.decode(cut)).isInstanceOf(CodecException.class);
            }
        }

        @Test
        void depthIsBounded() {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);

            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(Object.class)).decode(bytes(deep)))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("StreamConstraintsException");
        }

        @Test
        void numbersAreBounded() {
            JacksonCodec<BigInteger> codec = JacksonCodec.of(TypeRef.of(BigInteger.class));

            assertThatThrownBy(() -> codec.decode(bytes("1e999999999"))).isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> codec.decode(bytes("9".repeat(5_000)))).isInstanceOf(CodecException.class);
        }

        @Test
        void aValueThatContainsItselfIsRefused() {
            Ring ring = new Ring();
            ring.next.add(ring);

            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(Ring.class)).encode(ring))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("next[0].next");
        }

        @Test
        void aClassThatShowsNothingIsRefused() {
            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(Opaque.class)).encode(new Opaque()))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("Opaque")
                    .hasMessageNotContaining("Opaque5");
        }

        @Test
        void nullIsRefusedInBothDirections() {
            assertThatThrownBy(() -> users.encode(null))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("Cannot write null as ");
            assertThatThrownBy(() -> users.decode(null)).isInstanceOf(CodecException.class);
        }
    }

    @Nested
    class Secrets {

        @Test
        void messagesNameThePlaceAndNotTheContent() {
            JacksonCodec<Map<String, List<User>>> codec = JacksonCodec.of(new TypeRef<>() {});

            assertThatThrownBy(() -> codec.decode(bytes("{\"secret\":[{\"name\":\"secret\",\n\"age\":\"secret\"}]}")))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("?[0].age")
                    .hasMessageContaining("line 2")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }

        @Test
        void unknownPropertiesAreNotNamed() {
            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(User.class))
                            .decode(bytes("{\"name\":\"Ann\",\"age\":1,\"secret\":1}")))
                    .hasMessageContaining("UnrecognizedPropertyException at ?")
                    .hasMessageNotContaining("secret");
        }

        @Test
        void whatAConstructorSaysIsNotRepeated() {
            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(Picky.class)).decode(bytes("{\"name\":\"secret\"}")))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("by IllegalArgumentException")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }
}
