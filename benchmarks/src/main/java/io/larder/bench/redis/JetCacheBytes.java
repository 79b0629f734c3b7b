package io.larder.bench.redis;

import com.alicp.jetcache.CacheValueHolder;
import java.nio.ByteBuffer;

/** Values of JetCache as eight bytes for the deadline and what was put, which is less work than any encoder that it brings. */
public final class JetCacheBytes {

    private JetCacheBytes() {}

    /** Returns the bytes of a holder; of the inner one, where a cache of two levels wraps it twice. */
    public static byte[] encode(Object value) {
        CacheValueHolder<?> holder = (CacheValueHolder<?>) value;
        if (holder.getValue() instanceof CacheValueHolder<?> inner) {
            return encode(inner);
        }
        byte[] bytes = (byte[]) holder.getValue();
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(holder.getExpireTime())
                .put(bytes)
                .array();
    }

    /** Returns the holder of such bytes. */
    public static Object decode(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        CacheValueHolder<byte[]> holder = new CacheValueHolder<>();
        holder.setExpireTime(buffer.getLong());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        holder.setValue(bytes);
        return holder;
    }
}
