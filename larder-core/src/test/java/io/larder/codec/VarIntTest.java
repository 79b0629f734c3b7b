package io.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarIntTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "2147483647, ffffffff07"
    })
    void isWrittenInItsShortestForm(int value, String hex) {
        ByteBuffer out = ByteBuffer.allocate(VarInt.size(value));

        VarInt.write(out, value);

        assertThat(out.hasRemaining()).isFalse();
        assertThat(HexFormat.of().formatHex(out.array())).isEqualTo(hex);
        assertThat(VarInt.read(out.flip())).isEqualTo(value);
    }

    @Test
    void everyNumberOfBitsComesBack() {
        for (int bits = 0; bits < 31; bits++) {
            for (int value : new int[] {(1 << bits) - 1, 1 << bits, (1 << bits) + 1}) {
                ByteBuffer out = ByteBuffer.allocate(VarInt.size(value));
                VarInt.write(out, value);
                assertThat(VarInt.read(out.flip())).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "80", "ffffffff", "ffffffff08", "ffffffff7f", "8080808080", "ffffffffff01", "8000", "ff00"})
    void whatIsCutOffTooLargeOrPaddedIsRefused(String hex) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> VarInt.read(in))
                .isInstanceOf(CodecException.class)
                .hasMessage("A number before byte " + in.position() + " is cut off or not from 0 to 2^31 - 1");
    }
}
