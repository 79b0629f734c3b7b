package io.larder.codec;

import io.larder.CodecException;
import io.larder.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings as UTF-8. An unpaired surrogate, which UTF-8 cannot express, is refused. Has no state. */
public final class StringCodec implements Codec<String, byte[]> {

    /** Makes one. */
    public StringCodec() {}

    @Override
    public byte[] encode(String value) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new CodecException("Cannot write a string of " + value.length() + " characters as UTF-8", e);
        }
    }

    @Override
    public String decode(byte[] encoded) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(encoded))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CodecException("The " + encoded.length + " bytes are not UTF-8", e);
        }
    }
}
