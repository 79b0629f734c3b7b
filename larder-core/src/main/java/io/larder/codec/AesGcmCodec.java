package io.larder.codec;

import io.larder.spi.Codec;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Bytes encrypted and authenticated by AES in Galois/counter mode (NIST SP 800-38D): header, nonce, ciphertext, tag. Thread-safe.
 *
 * <p>Nonces are random, so a key should write no more than 2^32 values.
 */
final class AesGcmCodec implements Codec<byte[], byte[]> {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int BODY_AT = Envelope.HEADER_BYTES + NONCE_BYTES;

    private final Envelope envelope;
    private final SecureRandom random;

    AesGcmCodec(Envelope envelope, SecureRandom random) {
        this.envelope = envelope;
        this.random = random;
    }

    @Override
    public byte[] encode(byte[] value) {
        byte[] sealed = envelope.begin((long) NONCE_BYTES + value.length + TAG_BYTES);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, Envelope.HEADER_BYTES, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, envelope.keys().first(), sealed)
                    .doFinal(value, 0, value.length, sealed, BODY_AT);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM/NoPadding", e);
        }
    }

    @Override
    public byte[] decode(byte[] encoded) {
        Keyring.Key key = envelope.keyOf(encoded, NONCE_BYTES + TAG_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, encoded).doFinal(encoded, BODY_AT, encoded.length - BODY_AT);
        } catch (AEADBadTagException e) {
            throw envelope.forged(encoded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM/NoPadding", e);
        }
    }

    private Cipher cipher(int mode, Keyring.Key key, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                key.secret("AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, Envelope.HEADER_BYTES, NONCE_BYTES));
        cipher.updateAAD(sealed, 0, Envelope.HEADER_BYTES);
        cipher.updateAAD(envelope.context());
        return cipher;
    }

    @Override
    public Codec<byte[], byte[]> boundTo(String place) {
        return new AesGcmCodec(envelope.boundTo(place), random);
    }
}
