package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;

/**
 * What a listing tells about an item.
 *
 * @param key as it was given when the item was stored, decoded
 * @param expiresAtSeconds by the server's clock, since 1970; -1 if never
 * @param accessedAtSeconds by the server's clock, since 1970
 * @param cas an unsigned number
 * @param sizeBytes with key and bookkeeping
 */
@SuppressWarnings("ArrayRecordComponent") // keys are bytes; nobody compares items
public record ListedItem(byte[] key, long expiresAtSeconds, long accessedAtSeconds, long cas, long sizeBytes) {

    /** Returns the key alone, as text. */
    @Override
    public String toString() {
        return new String(key, StandardCharsets.UTF_8);
    }
}
