package io.larder.jcache;

import io.larder.CodecException;
import io.larder.spi.KeyCodec;

/** Keys of any type, as they are shown in messages of a cache on the heap, which does not write them. */
final class HeapKeys implements KeyCodec<Object> {

    @Override
    public String encode(Object key) {
        return String.valueOf(key);
    }

    @Override
    public Object decode(String text) {
        throw new CodecException("The key '" + text + "' was never written", null);
    }
}
