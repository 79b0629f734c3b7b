package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A request in the meta protocol. Immutable, if the caller leaves key and value alone; may be sent any number of times.
 *
 * <p>Keys are any bytes: one the protocol cannot take as it stands goes in base64, and names the same item.
 */
public final class MetaRequest {

    /** Length a key may have, as it is sent: in base64 if it contains blanks or control characters. */
    public static final int KEY_BYTES_MAX = 250;

    private static final int SHOWN_CHARS_MAX = 80;
    private static final byte[] NO_KEY = {};

    private final MetaCommand command;
    /** As the caller gave it. */
    private final byte[] key;
    /** As it is sent. */
    private final byte[] sentKey;

    private final MetaFlags flags;
    private final byte @Nullable [] value;
    /** Made when it is first asked for, as a string's is: the same request may be shared by thousands of calls a second. */
    private int hash;

    private MetaRequest(MetaCommand command, byte[] key, MetaFlags flags, byte @Nullable [] value) {
        if (!command.takes(flags)) {
            throw new IllegalArgumentException(
                    "flags of '" + command + "' must be ones it takes, were '" + flags + "'");
        }
        this.command = command;
        this.key = key;
        this.sentKey = command == MetaCommand.NOOP ? NO_KEY : sendable(key);
        this.flags = flags;
        this.value = value;
    }

    /** Asks for an item ({@code mg}). */
    public static MetaRequest get(byte[] key, MetaFlags flags) {
        return new MetaRequest(MetaCommand.GET, key, flags, null);
    }

    /** Stores an item ({@code ms}). */
    public static MetaRequest set(byte[] key, byte[] value, MetaFlags flags) {
        return new MetaRequest(MetaCommand.SET, key, flags, value);
    }

    /** Removes an item or marks it as stale ({@code md}). */
    public static MetaRequest delete(byte[] key, MetaFlags flags) {
        return new MetaRequest(MetaCommand.DELETE, key, flags, null);
    }

    /** Counts ({@code ma}). */
    public static MetaRequest arithmetic(byte[] key, MetaFlags flags) {
        return new MetaRequest(MetaCommand.ARITHMETIC, key, flags, null);
    }

    /** Asks what the server knows about an item ({@code me}). */
    public static MetaRequest debug(byte[] key) {
        return new MetaRequest(MetaCommand.DEBUG, key, MetaFlags.NONE, null);
    }

    /** Asks for nothing but an answer ({@code mn}). */
    public static MetaRequest noop() {
        return new MetaRequest(MetaCommand.NOOP, NO_KEY, MetaFlags.NONE, null);
    }

    private static byte[] sendable(byte[] key) {
        boolean plain = PlainBytes.hasNoneBelow(' ' + 1, key, key.length);
        byte[] sent = plain ? key : Base64.getEncoder().encode(key);
        if (sent.length == 0 || sent.length > KEY_BYTES_MAX) {
            throw new IllegalArgumentException("key must be 1 to " + KEY_BYTES_MAX + " bytes long as it is sent, was "
                    + sent.length + (plain ? "" : " in base64"));
        }
        return sent;
    }

    /** Returns the bytes of the key, not a copy. */
    public byte[] key() {
        return key;
    }

    MetaCommand command() {
        return command;
    }

    MetaFlags flags() {
        return flags;
    }

    /** Returns whether the key a reply repeats is the one that was sent. */
    boolean repeats(byte[] repeated) {
        // A debug reply of servers before 1.6.19 repeats some keys decoded.
        return Arrays.equals(repeated, sentKey) || (command == MetaCommand.DEBUG && Arrays.equals(repeated, key));
    }

    /** Returns whether a classic get asks the same: it knows no base64, and tells nothing but values. */
    boolean asksForTheValueOnly() {
        return command == MetaCommand.GET && sentKey == key && flags.letters() == MetaFlags.bit('v');
    }

    boolean hasValue() {
        return value != null;
    }

    /** Returns about how many bytes are sent for it. */
    int sizeBytes() {
        return 32 + sentKey.length + flags.text().length + (value == null ? 0 : value.length);
    }

    /** Writes it; an opaque below zero is left out. */
    void writeTo(ByteBuf out, int opaque, boolean quiet) {
        out.writeCharSequence(command.code, StandardCharsets.US_ASCII);
        if (command != MetaCommand.NOOP) {
            out.writeByte(' ').writeBytes(sentKey);
        }
        if (value != null) {
            out.writeByte(' ');
            writeNumber(out, value.length);
        }
        // In base64 it is another array.
        if (sentKey != key && command != MetaCommand.NOOP) {
            out.writeByte(' ').writeByte('b');
        }
        out.writeBytes(flags.text());
        if (opaque >= 0) {
            out.writeByte(' ').writeByte('O');
            writeNumber(out, opaque);
        }
        if (quiet) {
            out.writeByte(' ').writeByte('q');
        }
        out.writeByte('\r').writeByte('\n');
        if (value != null) {
            out.writeBytes(value).writeByte('\r').writeByte('\n');
        }
    }

    private static void writeNumber(ByteBuf out, int number) {
        if (number < 10) {
            out.writeByte('0' + number);
            return;
        }
        int power = 10;
        while (power <= 100_000_000 && number / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.writeByte('0' + number / power % 10);
        }
    }

    /** Returns whether the other one asks the very same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MetaRequest request
                        && command == request.command
                        && Arrays.equals(key, request.key)
                        && Arrays.equals(flags.text(), request.flags.text())
                        && Arrays.equals(value, request.value));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(key);
            hash = known;
        }
        return known;
    }

    /** Returns command and key, as a message shows them. */
    @Override
    public String toString() {
        if (command == MetaCommand.NOOP) {
            return "'mn'";
        }
        String shown = new String(sentKey, StandardCharsets.UTF_8);
        return "'" + command + "' of key '"
                + (shown.length() > SHOWN_CHARS_MAX ? shown.substring(0, SHOWN_CHARS_MAX) + "…" : shown) + "'";
    }
}
