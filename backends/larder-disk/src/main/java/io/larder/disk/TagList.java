package io.larder.disk;

import io.larder.codec.KeyBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry's tags in one column, with a byte between them that no tag contains. */
final class TagList {

    private static final byte END = (byte) 0xFF;

    private TagList() {}

    /** Returns the column, null for no tags. */
    static byte @Nullable [] encode(Collection<String> tags) {
        if (tags.isEmpty()) {
            return null;
        }
        byte[] column = {};
        for (String tag : tags) {
            byte[] bytes = KeyBytes.encode(tag);
            int at = column.length;
            column = Arrays.copyOf(column, at + bytes.length + 1);
            System.arraycopy(bytes, 0, column, at, bytes.length);
            column[column.length - 1] = END;
        }
        return column;
    }

    /** Returns the bytes of each tag. */
    static List<byte[]> decode(byte @Nullable [] column) {
        List<byte[]> tags = new ArrayList<>();
        int from = 0;
        for (int at = 0; column != null && at < column.length; at++) {
            if (column[at] == END) {
                tags.add(Arrays.copyOfRange(column, from, at));
                from = at + 1;
            }
        }
        return tags;
    }
}
