package io.larder.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JacksonCodecTest {

    enum Rank {
        LOW,
        HIGH;

        @Override
        public String toString() {
            return "some rank";
        }
    }

    record User(String name, int age) {}

    record Range(int from, int to) {

        public boolean isEmpty() {
            return from >= to;
        }

        public int getLength() {
            return to - from;
        }
    }

    record Everything(
            UUID id,
            Rank rank,
            Instant at,
            LocalDate day,
            Duration took,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            BigDecimal exact,
            Optional<String> maybe,
            Map<Integer, List<User>> users) {}

    public static final class Named {

        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getShouted() {
            return name.toUpperCase(Locale.ROOT);
        }
    }

    private static <V> V throughBytes(JacksonCodec<V> codec, V value) {
        return codec.decode(codec.encode(value));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    @Nested
    class Values {

        @Test
        void recordsComeBackEqual() {
            assertThat(throughBytes(JacksonCodec.of(TypeRef.of(User.class)), new User("Ånn \uD83D\uDE00", 42)))
                    .isEqualTo(new User("Ånn \uD83D\uDE00", 42));
        }

        @Test
        void genericsComeBackWithTheirArguments() {
            Map<String, List<User>> users = new LinkedHashMap<>();
            users.put("a", List.of(new User("Ann", 1), new User("Bob", 2)));
            users.put("", List.of());

            assertThat(throughBytes(JacksonCodec.of(new TypeRef<Map<String, List<User>>>() {}), users))
                    .isEqualTo(users);
        }

        @Test
        void everyCommonTypeComesBackEqual() {
            Everything everything = new Everything(
                    new UUID(1, 2),
                    Rank.HIGH,
                    Instant.parse("2026-01-02T03:04:05.000000006Z"),
                    LocalDate.parse("2026-01-02"),
                    Duration.ofMillis(90_001),
                    OffsetDateTime.parse("2026-01-02T03:04:05+05:30"),
                    ZonedDateTime.parse("2026-07-02T03:04:05+02:00[Europe/Berlin]"),
                    new BigDecimal("1.10"),
                    Optional.empty(),
                    Map.of(7, List.of(new User("Ann", 1))));

            Everything back = throughBytes(JacksonCodec.of(TypeRef.of(Everything.class)), everything);

            assertThat(back).isEqualTo(everything);
        }

        @Test
        void byteArraysAreTheirBase64() {
            JacksonCodec<byte[]> codec = JacksonCodec.of(TypeRef.of(byte[].class));

            assertThat(new String(codec.encode(new byte[] {0, -1}), UTF_8)).isEqualTo("\"AP8=\"");
            assertThat(throughBytes(codec, new byte[] {0, -1})).containsExactly(0, -1);
        }

        @Test
        void whatIsComputedIsNotStored() {
            assertThat(throughBytes(JacksonCodec.of(TypeRef.of(Range.class)), new Range(1, 3)))
                    .isEqualTo(new Range(1, 3));
            Named named = new Named();
            named.setName("ann");
            assertThat(throughBytes(JacksonCodec.of(TypeRef.of(Named.class)), named)
                            .getShouted())
                    .isEqualTo("ANN");
        }

        @Test
        void objectsWithoutATypeAreMapsListsAndNumbers() {
            JacksonCodec<Object> codec = JacksonCodec.of(TypeRef.of(Object.class));

            assertThat(codec.decode(
                            bytes("[1, 3000000000, 30000000000000000000, 1.50, 1e400, \"s\", true, null, {\"a\":{}}]")))
                    .isEqualTo(Arrays.asList(
                            1,
                            3_000_000_000L,
                            new BigInteger("30000000000000000000"),
                            new BigDecimal("1.50"),
                            new BigDecimal("1e400"),
                            "s",
                            true,
                            null,
                            Map.of("a", Map.of())));
        }

        @Test
        void decimalsWithoutATypeAreWrittenWithTheirDigits() {
            JacksonCodec<Object> codec = JacksonCodec.of(TypeRef.of(Object.class));

            assertThat(new String(codec.encode(codec.decode(bytes("[0.10,-2.50,1E+400]"))), UTF_8))
                    .isEqualTo("[0.10,-2.50,1E+400]");
        }

        @Test
        void theBytesStayWhatTheyAre() {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("user", new User("Ann", 42));
            value.put("at", Instant.parse("2026-01-02T03:04:05.006Z"));
            value.put("took", Duration.ofSeconds(90));
            value.put("rank", Rank.LOW);
            value.put("none", null);

            assertThat(new String(JacksonCodec.of(TypeRef.of(Object.class)).encode(value), UTF_8))
                    .isEqualTo("{\"user\":{\"name\":\"Ann\",\"age\":42},\"at\":\"2026-01-02T03:04:05.006Z\","
                            + "\"took\":\"PT1M30S\",\"rank\":\"LOW\",\"none\":null}");
        }
    }

    @Nested
    class Types {

        @Test
        void namesOfClassesInTheJsonArePlainData() {
            JacksonCodec<Object> codec = JacksonCodec.of(TypeRef.of(Object.class));
            String gadget =
                    "[\"javax.swing.JEditorPane\",{\"@class\":\"java.net.URL\",\"page\":\"http://localhost:1/\"}]";

            assertThat(codec.decode(bytes(gadget)))
                    .isEqualTo(List.of(
                            "javax.swing.JEditorPane",
                            Map.of("@class", "java.net.URL", "page", "http://localhost:1/")));
        }

        @Test
        void namesOfClassesAreUnknownPropertiesOfARecord() {
            assertThatThrownBy(() -> JacksonCodec.of(TypeRef.of(User.class))
                            .decode(bytes("{\"@class\":\"java.net.URL\",\"name\":\"Ann\",\"age\":1}")))
                    .isInstanceOf(CodecException.class);
        }

        @Test
        void namesOfClassesAreNotWritten() {
            assertThat(new String(JacksonCodec.of(TypeRef.of(Object.class)).encode(new User("Ann", 1)), UTF_8))
                    .isEqualTo("{\"name\":\"Ann\",\"age\":1}");
        }
    }

    @Nested
    class LentMapper {

        record Order(String orderNumber) {}

        @Test
        void isUsedAsItIs() {
            JsonMapper mapper = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
            JacksonCodec<Order> codec = JacksonCodec.of(mapper, TypeRef.of(Order.class));

            assertThat(new String(codec.encode(new Order("7")), UTF_8)).isEqualTo("{\"order_number\":\"7\"}");
            assertThat(codec.decode(bytes("{\"order_number\":\"7\",\"unknown\":1}")))
                    .isEqualTo(new Order("7"));
            assertThatThrownBy(() -> codec.decode(bytes("{\"order_number\":\"7\"} 1")))
                    .isInstanceOf(CodecException.class);
        }

        @Test
        void canStartFromLardersOwnSettings() {
            JsonMapper mapper = JacksonCodec.mapper()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
            JacksonCodec<Order> codec = JacksonCodec.of(mapper, TypeRef.of(Order.class));

            assertThat(codec.decode(codec.encode(new Order("7")))).isEqualTo(new Order("7"));
            assertThatThrownBy(() -> codec.decode(bytes("{\"order_number\":\"7\",\"unknown\":1}")))
                    .isInstanceOf(CodecException.class);
        }
    }
}
