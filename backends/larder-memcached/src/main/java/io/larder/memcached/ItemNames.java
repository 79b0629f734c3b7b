package io.larder.memcached;

import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.CacheScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The names of one cache's items on a server. Immutable.
 *
 * <p>{@code larder:<namespace>:<cache>:<version>:}, and then {@code e:} and an entry's key, {@code m} for the cache's marker, {@code t:} and a
 * tag for the tag's marker, {@code l:} and a tag's generation for its list, {@code j:} and the cache's
 * generation for the journal of invalidations, {@code c:} for a part of an entry. What would be too long for a
 * name is hashed: {@code h:} in place of {@code e:}, {@code u:} in place of {@code t:}.
 */
final class ItemNames {

    /** How many bytes of a name may be in base64, which the client uses where there are blanks or control characters. */
    private static final int ENCODED_BYTES_MAX = MetaRequest.KEY_BYTES_MAX / 4 * 3;
    /** Leaves room for a hash, a write's number and a part's number. */
    private static final int BASE_BYTES_MAX = 128;

    private final byte[] base;
    private final byte[] marker;
    private final byte[] entries;
    private final byte[] hashedEntries;

    ItemNames(CacheScope scope) {
        String readable =
                "larder:" + escaped(scope.namespace()) + ":" + escaped(scope.cache()) + ":" + scope.version() + ":";
        // No escaped name has a '#', so that nothing else begins like this.
        base = ascii(
                readable.length() <= BASE_BYTES_MAX
                        ? readable
                        : "larder:#" + hash(readable.getBytes(StandardCharsets.UTF_8)) + ":");
        marker = name("m", new byte[0]);
        entries = name("e:", new byte[0]);
        hashedEntries = name("h:", new byte[0]);
    }

    /** Returns the name of the cache's own marker; must not be changed. */
    byte[] marker() {
        return marker;
    }

    byte[] entry(String key) {
        return nameOrHash("e:", "h:", KeyBytes.encode(key));
    }

    byte[] tagMarker(String tag) {
        return nameOrHash("t:", "u:", KeyBytes.encode(tag));
    }

    byte[] journal(long generation) {
        return name("j:", ascii(HexFormat.of().toHexDigits(generation)));
    }

    byte[] tagList(long generation) {
        return name("l:", ascii(HexFormat.of().toHexDigits(generation)));
    }

    /** Returns the name of a part of what one write stored at an entry's name. */
    byte[] chunk(byte[] entryName, int writeId, int number) {
        return name("c:", ascii(hash(entryName) + ":" + HexFormat.of().toHexDigits(writeId) + ":" + number));
    }

    /** Returns whether the name is that of an entry whose key cannot be told from it. */
    boolean isHashed(byte[] name) {
        return startsWith(name, hashedEntries);
    }

    /** Returns what the names of entries begin with whose keys begin with {@code start}, but for those that are hashed. */
    byte[] entriesThatStart(String start) {
        return name("e:", KeyBytes.encode(start));
    }

    /** Returns the key in an entry's name, or null where there is none. */
    @Nullable
    String keyIn(byte[] name) {
        if (!startsWith(name, entries)) {
            return null;
        }
        try {
            return KeyBytes.decode(Arrays.copyOfRange(name, entries.length, name.length));
        } catch (CodecException notOurs) {
            return null;
        }
    }

    static boolean startsWith(byte[] name, byte[] start) {
        return name.length >= start.length && Arrays.equals(name, 0, start.length, start, 0, start.length);
    }

    private byte[] nameOrHash(String kind, String hashedKind, byte[] rest) {
        byte[] name = name(kind, rest);
        return fits(name) ? name : name(hashedKind, ascii(hash(rest)));
    }

    private static boolean fits(byte[] name) {
        if (name.length <= ENCODED_BYTES_MAX) {
            return true;
        }
        boolean plain = name.length <= MetaRequest.KEY_BYTES_MAX;
        for (int i = 0; plain && i < name.length; i++) {
            plain = (name[i] > ' ' && name[i] != 0x7f) || name[i] < 0;
        }
        return plain;
    }

    private byte[] name(String kind, byte[] rest) {
        byte[] name = Arrays.copyOf(base, base.length + kind.length() + rest.length);
        for (int i = 0; i < kind.length(); i++) {
            name[base.length + i] = (byte) kind.charAt(i);
        }
        System.arraycopy(rest, 0, name, base.length + kind.length(), rest.length);
        return name;
    }

    private static String hash(byte[] bytes) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Leaves letters, digits, dot, hyphen and underscore as they are, so that two names never give one. */
    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : KeyBytes.encode(name)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
            escaped.append(
                    plain
                            ? String.valueOf(c)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return escaped.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
