package io.larder.codec;

import io.larder.spi.Codec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** Bytes that anybody may read, and only who has a key may write, by HMAC-SHA256 (RFC 2104): header, code, bytes. Thread-safe. */
record HmacCodec(Envelope envelope) implements Codec<byte[], byte[]> {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_BYTES = 32;
    private static final int BODY_AT = Envelope.HEADER_BYTES + CODE_BYTES;

    @Override
    public byte[] encode(byte[] value) {
        byte[] signed = envelope.begin((long) CODE_BYTES + value.length);
        System.arraycopy(value, 0, signed, BODY_AT, value.length);
        byte[] code = code(envelope.keys().first(), signed);
        System.arraycopy(code, 0, signed, Envelope.HEADER_BYTES, CODE_BYTES);
        return signed;
    }

    @Override
    public byte[] decode(byte[] encoded) {
        Keyring.Key key = envelope.keyOf(encoded, CODE_BYTES);
        byte[] code = Arrays.copyOfRange(encoded, Envelope.HEADER_BYTES, BODY_AT);
        // Takes as long however much is right, so that nobody finds a code byte by byte.
        if (!MessageDigest.isEqual(code, code(key, encoded))) {
            throw envelope.forged(encoded);
        }
        return Arrays.copyOfRange(encoded, BODY_AT, encoded.length);
    }

    private byte[] code(Keyring.Key key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret(ALGORITHM));
            mac.update(signed, 0, Envelope.HEADER_BYTES);
            mac.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(envelope.context().length)
                    .array());
            mac.update(envelope.context());
            mac.update(signed, BODY_AT, signed.length - BODY_AT);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public Codec<byte[], byte[]> boundTo(String place) {
        return new HmacCodec(envelope.boundTo(place));
    }
}
