package io.larder.codec;

import io.larder.CodecException;
import java.nio.ByteBuffer;

/**
 * What stands in front of a value that a key protects, a version and the key's id, and what the value is bound to besides: the cache and
 * the key of its entry. Immutable.
 */
final class Envelope {

    static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final byte VERSION = 1;

    private final String name;
    private final Keyring keys;
    private final byte[] context;

    Envelope(String name, Keyring keys) {
        this(name, keys, new byte[0]);
    }

    private Envelope(String name, Keyring keys, byte[] context) {
        this.name = name;
        this.keys = keys;
        this.context = context;
    }

    Keyring keys() {
        return keys;
    }

    /** Returns what the value is bound to, which the caller leaves as it is. */
    byte[] context() {
        return context;
    }

    /** Returns one that is bound to {@code place} as well; lengths keep places apart that read alike one after another. */
    Envelope boundTo(String place) {
        byte[] bytes = KeyBytes.encode(place);
        ByteBuffer longer = ByteBuffer.allocate(context.length + Integer.BYTES + bytes.length);
        return new Envelope(
                name, keys, longer.put(context).putInt(bytes.length).put(bytes).array());
    }

    /** Returns an array with a header and room for {@code bodyBytes}. */
    byte[] begin(long bodyBytes) {
        if (bodyBytes > Integer.MAX_VALUE - HEADER_BYTES - Long.BYTES) {
            throw new CodecException(
                    "Cannot protect " + bodyBytes + " bytes by '" + name + "': that is more than fits", null);
        }
        byte[] begun = new byte[HEADER_BYTES + (int) bodyBytes];
        ByteBuffer.wrap(begun).put(VERSION).putInt(keys.first().id());
        return begun;
    }

    /** Returns the key that {@code encoded} names, if that is long enough for a body of at least {@code bodyBytesMin}. */
    Keyring.Key keyOf(byte[] encoded, int bodyBytesMin) {
        if (encoded.length < HEADER_BYTES + bodyBytesMin || encoded[0] != VERSION) {
            throw refused(encoded, "they do not begin as this codec's do, or are cut off");
        }
        int id = ByteBuffer.wrap(encoded).getInt(1);
        Keyring.Key key = keys.byId(id);
        if (key == null) {
            throw refused(
                    encoded,
                    "they were written with key " + Keyring.Key.idText(id) + ", and there are only those of " + keys
                            + ". Keep an old key behind the new one until what it wrote has gone");
        }
        return key;
    }

    /** Returns what to say of bytes that the key does not vouch for. */
    CodecException forged(byte[] encoded) {
        return refused(encoded, "they were altered, or moved here from another key or cache");
    }

    private CodecException refused(byte[] encoded, String why) {
        return new CodecException("Cannot accept " + encoded.length + " bytes by '" + name + "': " + why, null);
    }
}
