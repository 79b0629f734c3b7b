package io.larder.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the five libraries themselves made of the same arguments. */
class PeerKeysTest {

    private static void assertCachetory(List<?> arguments, Map<String, ?> named, String key, String hashed) {
        assertThat(PeerKeys.cachetory("m", "C.f", arguments, named)).isEqualTo(key);
        assertThat(PeerKeys.cachetoryHashed("m", "C.f", arguments, named)).isEqualTo(hashed);
    }

    @Test
    void cachetoryJoinsAllArguments() {
        assertCachetory(
                List.of(), Map.of(), "m:C.f", "9b96b391a80ef6d9ec91eb915af4b08ddc8d84cad424325c2df18d829fbd573d");
        assertCachetory(
                Arrays.asList(1, "a:b", null, 1.5, true),
                Map.of(),
                "m:C.f:1:a::b:None:1.5:True",
                "2f608bb05863a25deca31fafa1009d2173592202d9444b7da6f1769473e5b6a5");
        assertCachetory(
                List.of(),
                Map.of("b", "x", "a", 1),
                "m:C.f:a=1:b=x",
                "6c1ea476f16f3fd9c68fccd31368281de80d7251e4016afe714e2d1239265e29");
        assertCachetory(
                List.of(1),
                Map.of("k:ey", "v:al"),
                "m:C.f:1:k::ey=v::al",
                "812290a0542920d50076ff6006962d6992402facc9cd6a4fddd6cbda2f30531e");
        assertCachetory(
                List.of(List.of(1, 2)),
                Map.of("d", Map.of("a", 1)),
                "m:C.f:[1, 2]:d={'a':: 1}",
                "2930fef8283d204d922ef3657be270a613412fe4f1af11502fef5acfb6122d97");
    }

    @Test
    void blake2sTakesAnyLength() {
        // hashlib.blake2s of 0, 1, 64, 65 and 200 letters
        Map<Integer, String> expected = new LinkedHashMap<>();
        expected.put(0, "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9");
        expected.put(1, "4a0d129873403037c2cd9b9048203687f6233fb6738956e0349bd4320fec3e90");
        expected.put(64, "651d2f5f20952eacaea2fba2f2af2bcd633e511ea2d2e4c9ae2ac0d9ffb7b252");
        expected.put(65, "045f8ae18932119bd051ac7ba5c73db59892055fad5c32f82d79a6543d92a497");
        expected.put(200, "2b033f9f5ba9cf20671da79e492f41545e673b562603945ffed09662fd92321a");
        expected.forEach(
                (length, hash) -> assertThat(Blake2s.hash("a".repeat(length).getBytes(StandardCharsets.US_ASCII)))
                        .isEqualTo(HexFormat.of().parseHex(hash)));
    }

    @Test
    void yokedHashesTheQueryAndItsParameters() {
        assertThat(PeerKeys.yokedQuery("app", null, null, null, null, null)).isEqualTo("app");
        assertThat(PeerKeys.yokedQuery("app", null, "users", null, null, null)).isEqualTo("app:table:users");
        assertThat(PeerKeys.yokedQuery(
                        "app", "t1", "users", "7", "SELECT  *  FROM Users\n WHERE id=%s", Map.of("b", 2, "a", 1)))
                .isEqualTo("app:ns:t1:table:users:user:7:query:31c0b42b11505c2e");
        assertThat(PeerKeys.yokedQuery("app", null, null, null, "q", null)).isEqualTo("app:query:8e35c2cd3bf6641b");
        assertThat(PeerKeys.yokedQuery("app", null, null, null, null, Map.of("z", List.of(1, 2), "a", "é")))
                .isEqualTo("app:query:8b9cbb55d824fbb8");
    }

    @Test
    void yokedKeysAreSanitized() {
        assertThat(PeerKeys.yokedSanitized("yokedcache:a b")).isEqualTo("yokedcache:a_b");
        assertThat(PeerKeys.yokedSanitized("yokedcache:a\nb\r")).isEqualTo("yokedcache:ab");
        assertThat(PeerKeys.yokedSanitized("yokedcache:a\tb")).isEqualTo("yokedcache:a\tb");
        assertThat(PeerKeys.yokedSanitized("yokedcache:" + "k".repeat(300)))
                .isEqualTo("yokedcache:" + "k".repeat(89)
                        + "#801316be593c9465284468b5a172d7f28055929114fd1fee62fd6084444b1126");
        assertThat(PeerKeys.yokedSanitized("yokedcache:" + "é".repeat(200))).isEqualTo("yokedcache:" + "é".repeat(200));
        assertThat(PeerKeys.yokedSanitized("yokedcache:" + "é".repeat(300)))
                .isEqualTo("yokedcache:" + "é".repeat(89)
                        + "#db7f52af02ff621c7e4d26d03b88af1155e009973916f633c47e9572aa407738");
    }

    @Test
    void ellarJoinsThree() {
        assertThat(PeerKeys.ellar("proj", "1", "i")).isEqualTo("proj:1:i");
        assertThat(PeerKeys.ellar("", "1", "a")).isEqualTo(":1:a");
    }

    @Test
    void ddfHashesWhatIsNoContainer() {
        assertThat(PeerKeys.ddf("pfx", List.of(1), Map.of("b", 2)))
                .isEqualTo("1379fe5268c2d31a67f1abd50103f6918a64a6ef2b03fe87e4e964998747f7c5");
        assertThat(PeerKeys.ddf("v", List.of("a", true, 1.5), Map.of()))
                .isEqualTo("d577f1aba6c18614c353bbaca187e1ee211c2ab18a1378b13dc1e0496978cd8c");
        assertThat(PeerKeys.ddf("v", List.of(List.of(1), "a"), new HashMap<>(Map.of("m", Map.of()))))
                .isEqualTo(PeerKeys.ddf("v", List.of("a"), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "1e+22, 1e+22, 1e22",
        "1e-07, 1e-07, 1e-7",
        "0.1, 0.1, 0.1",
        "123456789.0, 123456789.0, 123456789.0",
        "1.5, 1.5, 1.5",
        "1e+16, 1e+16, 1e16",
        "1000000000000000.0, 1000000000000000.0, 1000000000000000.0",
        "1e-05, 1e-05, 0.00001",
        "5e-324, 5e-324, 5e-324",
        "0.002, 0.002, 0.002",
        "-0.0, -0.0, -0.0",
        "1.7976931348623157e+308, 1.7976931348623157e+308, 1.7976931348623157e308",
        "2e+23, 2e+23, 2e23"
    })
    void numbersAreWrittenAsPythonDoes(double value, String repr, String json) {
        assertThat(PythonText.repr(value)).isEqualTo(repr);
        assertThat(PythonText.json(value)).isEqualTo(json);
    }

    @Test
    void stringsAreQuotedAsPythonDoes() {
        assertThat(PythonText.repr("a")).isEqualTo("'a'");
        assertThat(PythonText.repr("it's")).isEqualTo("\"it's\"");
        assertThat(PythonText.repr("say \"x\"")).isEqualTo("'say \"x\"'");
        assertThat(PythonText.repr("both ' and \"")).isEqualTo("'both \\' and \"'");
        assertThat(PythonText.repr("\\")).isEqualTo("'\\\\'");
        assertThat(PythonText.repr("\n\t\r")).isEqualTo("'\\n\\t\\r'");
        assertThat(PythonText.repr("\u0000\u007f\u00a0\u00ad")).isEqualTo("'\\x00\\x7f\\xa0\\xad'");
        assertThat(PythonText.repr("\u00e9\u2603\ud83d\ude00")).isEqualTo("'\u00e9\u2603\ud83d\ude00'");
        assertThat(PythonText.repr("\u2028")).isEqualTo("'\\u2028'");
        assertThat(PythonText.repr("\ue000")).isEqualTo("'\\ue000'");
    }

    @Test
    void whatPythonWritesInAWayThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> PeerKeys.cachetory("m", "f", List.of(new Object()), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was java.lang.Object: nobody knows how Python writes it. Give it as a string");
    }
}
