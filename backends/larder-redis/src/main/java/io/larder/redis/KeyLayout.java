package io.larder.redis;

import io.larder.codec.KeyBytes;
import io.larder.spi.CacheScope;
import io.lettuce.core.cluster.SlotHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The names under which one cache keeps its things on a server. Immutable.
 *
 * <p>{@code larder:<namespace>:<cache>:<version>:}, in a cluster also {@code {<tag of the bucket>}:}, and then {@code e:} and an entry's
 * key, {@code t:} and a tag, {@code m} for the marks of invalidations, {@code n} for a number in passing,
 * {@code b} for the bus, {@code x} for what is never there. Outside a cluster there is one bucket. docs/adr/0009 says why there are buckets at all.
 */
final class KeyLayout {

    /** How many buckets a cluster has; part of the layout, so that two programs always agree. */
    static final int BUCKETS = 64;

    private static final int SLOTS_PER_BUCKET = SlotHash.SLOT_COUNT / BUCKETS;
    private static final byte[] END_OF_BUCKET = ascii("}:e:");
    private static final byte[] ENTRY = ascii("e:");
    private static final byte[] TAG = ascii("t:");
    private static final byte[] MARKS = ascii("m");
    private static final byte[] BUS = ascii("b");
    private static final byte[] NEVER_THERE = ascii("x");
    private static final byte[] NOTHING = {};

    private final String base;
    private final boolean cluster;
    private final byte[][] prefixes;

    private KeyLayout(String base, boolean cluster, byte[][] prefixes) {
        this.base = base;
        this.cluster = cluster;
        this.prefixes = prefixes;
    }

    static KeyLayout of(CacheScope scope, boolean cluster) {
        String base =
                "larder:" + escaped(scope.namespace()) + ":" + escaped(scope.cache()) + ":" + scope.version() + ":";
        byte[][] prefixes = {ascii(base)};
        if (cluster) {
            prefixes = Arrays.stream(BucketTags.TAGS)
                    .map(tag -> ascii(base + "{" + tag + "}:"))
                    .toArray(byte[][]::new);
        }
        return new KeyLayout(base, cluster, prefixes);
    }

    /** Returns the slots that have all that Larder keeps in a cluster, whatever the cache. */
    static IntStream bucketSlots() {
        return Arrays.stream(BucketTags.TAGS).mapToInt(SlotHash::getSlot);
    }

    int buckets() {
        return prefixes.length;
    }

    /** Returns the bucket of a key; keys with the same text in braces share one. */
    int bucketOf(byte[] key) {
        return cluster ? SlotHash.getSlot(key) / SLOTS_PER_BUCKET : 0;
    }

    /** Returns what all names begin with. */
    String base() {
        return base;
    }

    /** Returns what all names in the bucket begin with; must not be changed. */
    byte[] prefix(int bucket) {
        return prefixes[bucket];
    }

    byte[] entry(EntryPlace place) {
        return name(place.bucket(), ENTRY, place.key());
    }

    byte[] tagSet(int bucket, String tag) {
        return name(bucket, TAG, KeyBytes.encode(tag));
    }

    byte[] marks(int bucket) {
        return name(bucket, MARKS, NOTHING);
    }

    byte[] bus() {
        return name(0, BUS, NOTHING);
    }

    byte[] neverThere(int bucket) {
        return name(bucket, NEVER_THERE, NOTHING);
    }

    private byte[] name(int bucket, byte[] kind, byte[] rest) {
        byte[] prefix = prefixes[bucket];
        byte[] name = Arrays.copyOf(prefix, prefix.length + kind.length + rest.length);
        System.arraycopy(kind, 0, name, prefix.length, kind.length);
        System.arraycopy(rest, 0, name, prefix.length + kind.length, rest.length);
        return name;
    }

    /** Returns the server's glob for all entries whose key begins with {@code start}. */
    byte[] entriesGlob(String start) {
        ByteArrayOutputStream glob = new ByteArrayOutputStream();
        glob.writeBytes(ascii(base));
        glob.writeBytes(cluster ? ascii("{*}:e:") : ascii("e:"));
        glob.writeBytes(globOf(start));
        return glob.toByteArray();
    }

    /** Returns the server's glob for all names that begin with {@code start}. */
    static byte[] globOf(String start) {
        ByteArrayOutputStream glob = new ByteArrayOutputStream();
        for (byte b : KeyBytes.encode(start)) {
            if ("*?[]\\^".indexOf(b) >= 0) {
                glob.write('\\');
            }
            glob.write(b);
        }
        glob.write('*');
        return glob.toByteArray();
    }

    /**
     * Returns the key in a name that begins with {@link #base}, or null for one that is no entry's; the name of a tag may hold what looks
     * like the end of a bucket.
     */
    byte @Nullable [] keyIn(byte[] name) {
        int start = base.length();
        if (!cluster) {
            return isAt(name, start, ENTRY) ? Arrays.copyOfRange(name, start + ENTRY.length, name.length) : null;
        }
        // A bucket's tag is a number, so that the first brace is the end of it.
        while (start < name.length && name[start] != '}') {
            start++;
        }
        return isAt(name, start, END_OF_BUCKET)
                ? Arrays.copyOfRange(name, start + END_OF_BUCKET.length, name.length)
                : null;
    }

    private static boolean isAt(byte[] name, int at, byte[] part) {
        return Arrays.equals(name, at, Math.min(name.length, at + part.length), part, 0, part.length);
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

    /** The shortest numbers whose slots lie one in each of {@link #BUCKETS} equal ranges. */
    private static final class BucketTags {

        static final String[] TAGS = new String[BUCKETS];

        static {
            int missing = BUCKETS;
            for (int number = 0; missing > 0; number++) {
                String tag = Integer.toString(number);
                int bucket = SlotHash.getSlot(tag) / SLOTS_PER_BUCKET;
                if (TAGS[bucket] == null) {
                    TAGS[bucket] = tag;
                    missing--;
                }
            }
        }
    }
}
