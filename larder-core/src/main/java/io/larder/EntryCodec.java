package io.larder;

import io.larder.codec.Frame;
import io.larder.spi.Codec;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;

/** Writes an entry as the value of one, for a near tier that keeps bytes; {@code name} is that of the codec of its values. Thread-safe. */
record EntryCodec<V>(Codec<V, byte[]> values, String name) implements Codec<Entry<V>, byte[]> {

    @Override
    public byte[] encode(Entry<V> entry) {
        V value = entry.value();
        return Frame.encode(null, name, entry.withValue(value == null ? null : values.encode(value)));
    }

    @Override
    public Entry<V> decode(byte[] frame) {
        Entry<byte[]> entry = Frame.decode(frame, name, null);
        if (entry instanceof DamagedEntry damaged) {
            throw damaged.why();
        }
        byte[] value = entry.value();
        return entry.withValue(value == null ? null : values.decode(value));
    }

    @Override
    public Codec<Entry<V>, byte[]> boundTo(String place) {
        return new EntryCodec<>(values.boundTo(place), name);
    }
}
