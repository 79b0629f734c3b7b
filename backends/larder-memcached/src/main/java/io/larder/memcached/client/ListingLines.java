package io.larder.memcached.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads {@code key=… exp=… la=…} lines until {@code END}. Confined to one call. */
final class ListingLines implements TextCall.Lines<Long> {

    private final Predicate<? super ListedItem> each;
    private long count;

    ListingLines(Predicate<? super ListedItem> each) {
        this.each = each;
    }

    @Override
    public boolean line(String line) throws MalformedReplyException {
        if (line.equals("END")) {
            return true;
        }
        ListedItem item = item(line);
        count++;
        return !each.test(item);
    }

    static ListedItem item(String line) throws MalformedReplyException {
        byte[] key = {};
        long expires = -1;
        long accessed = 0;
        long cas = 0;
        long size = -1;
        for (String part : line.split(" ", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            switch (part.substring(0, Math.max(equals, 0))) {
                case "key" -> key = decoded(value);
                case "exp" -> expires = number(value);
                case "la" -> accessed = number(value);
                case "cas" -> cas = number(value);
                case "size" -> size = number(value);
                default -> {
                    // Others may be added, says the protocol.
                }
            }
        }
        if (key.length == 0 || key.length > MetaRequest.KEY_BYTES_MAX) {
            throw new MalformedReplyException("is no item of a listing, or has a key of impossible length");
        }
        return new ListedItem(key, expires, accessed, cas, size);
    }

    private static long number(String text) throws MalformedReplyException {
        try {
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException none) {
            throw new MalformedReplyException("has an item in a listing with something that is no number");
        }
    }

    private static byte[] decoded(String text) throws MalformedReplyException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream key = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                key.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new MalformedReplyException("has a key in a listing that is wrongly encoded");
            }
            key.write((high << 4) | low);
            i += 2;
        }
        return key.toByteArray();
    }

    @Override
    public Long result() {
        return count;
    }
}
