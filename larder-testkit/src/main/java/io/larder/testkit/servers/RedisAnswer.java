package io.larder.testkit.servers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Redis server answered: a text, bytes or number, several answers, or nothing. Immutable. */
public final class RedisAnswer {

    static final RedisAnswer NIL = new RedisAnswer(null, List.of());

    private final byte @Nullable [] bytes;
    private final List<RedisAnswer> items;

    private RedisAnswer(byte @Nullable [] bytes, List<RedisAnswer> items) {
        this.bytes = bytes;
        this.items = items;
    }

    static RedisAnswer of(byte[] bytes) {
        return new RedisAnswer(bytes, List.of());
    }

    static RedisAnswer of(List<RedisAnswer> items) {
        return new RedisAnswer(null, List.copyOf(items));
    }

    /** Returns whether there is nothing: no such key, or an empty list. */
    public boolean isEmpty() {
        return bytes == null && items.isEmpty();
    }

    /** Returns the bytes, or null when it is nothing or a list. */
    public byte @Nullable [] bytes() {
        return bytes == null ? null : bytes.clone();
    }

    /** Returns the bytes as a text in UTF-8, or null when it is nothing or a list. */
    public @Nullable String text() {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the number that the text is; fails when it is none. */
    public long number() {
        return Long.parseLong(String.valueOf(text()));
    }

    /** Returns the answers in a list, empty when it is none. */
    public List<RedisAnswer> items() {
        return items;
    }

    /** Returns the texts in a list and in the lists in it, one after another; what is nothing is left out. */
    public List<String> texts() {
        String own = text();
        return own != null
                ? List.of(own)
                : items.stream().flatMap(item -> item.texts().stream()).toList();
    }

    /** Returns the text, or the texts in brackets, for messages. */
    @Override
    public String toString() {
        return bytes != null ? String.valueOf(text()) : items.isEmpty() ? "(nothing)" : items.toString();
    }
}
