package io.larder.memcached.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainBytesTest {

    private static final int LENGTH = 21;

    @Test
    void findsEachSpecialByteWhereverItStands() {
        for (int each = Byte.MIN_VALUE; each <= Byte.MAX_VALUE; each++) {
            for (int at = 0; at < LENGTH; at++) {
                byte[] bytes = new byte[LENGTH];
                Arrays.fill(bytes, (byte) (each % 2 == 0 ? 0x80 : '!'));
                bytes[at] = (byte) each;

                assertThat(PlainBytes.hasNoneBelow(' ', bytes, LENGTH))
                        .as("byte %d at %d", each, at)
                        .isEqualTo(each < 0 || (each >= ' ' && each != 0x7f));
                assertThat(PlainBytes.hasNoneBelow(' ' + 1, bytes, LENGTH))
                        .as("byte %d at %d", each, at)
                        .isEqualTo(each < 0 || (each > ' ' && each != 0x7f));
            }
        }
    }

    @Test
    void whatComesBehindDoesNotMatter() {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, 0, 9, (byte) 'a');

        for (int length = 0; length <= 9; length++) {
            assertThat(PlainBytes.hasNoneBelow(' ', bytes, length)).isTrue();
        }
        assertThat(PlainBytes.hasNoneBelow(' ', bytes, 10)).isFalse();
    }
}
