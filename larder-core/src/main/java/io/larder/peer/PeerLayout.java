package io.larder.peer;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.CacheScope;
import io.larder.url.Parameter;
import io.larder.url.Parameters;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which names, and in which envelope, one of Python's caches keeps its entries on a server, for Larder to keep its own there.
 * Immutable.
 *
 * <p>None of them knows names of caches: whoever opens several of them on one server gives each a namespace.
 */
public final class PeerLayout {

    private static final List<String> SYSTEMS = List.of("cachetory", "ddf", "ellar", "nicolas", "yokedcache");
    private static final String COUNTABLE_PICKLE = "pickle(protocol=5,ints=decimal)";
    /** What YokedCache begins each value with; a byte for the codec follows. */
    private static final byte[] YOKED_MAGIC = {(byte) 0x89, 'Y', 'c', 1};
    /** In the order of their bytes, from 1. */
    private static final List<String> YOKED_CODECS = List.of("json", "pickle", "msgpack");

    /** The parameter of a URL that names one. */
    public static final Parameter PARAMETER = new Parameter(
            "peer",
            String.join(", ", SYSTEMS),
            "none",
            "The Python cache whose entries are shared, in its own layout.");

    private final String system;
    private final String prefix;
    private final String codec;

    private PeerLayout(String system, String prefix, String codec) {
        this.system = system;
        this.prefix = prefix;
        this.codec = codec;
    }

    /** Returns the system that {@code given} names, or null. */
    public static @Nullable String system(Parameters given) {
        return given.oneOf(PARAMETER.name(), SYSTEMS);
    }

    /** Returns the codec of {@code system} on servers of {@code scheme} when a URL names none. */
    public static String codec(String system, String scheme) {
        boolean memcached = scheme.startsWith("memcached");
        return switch (system) {
            case "ellar" -> COUNTABLE_PICKLE;
            case "ddf" -> memcached ? COUNTABLE_PICKLE : "json";
            case "nicolas" -> "pickle";
            case "yokedcache" -> memcached ? "pickle(protocol=5)" : "json";
            default -> "json";
        };
    }

    /**
     * Returns the layout of {@code system} for one cache, whose namespace is what each of them calls a prefix.
     *
     * @param codec the name of what writes the values
     * @throws ConfigException when it has no place for the namespace or the version, or does not read such values
     */
    static PeerLayout of(String system, CacheScope scope, String codec) {
        String namespace = scope.namespace();
        if (!system.equals("ellar") && scope.version() != 1) {
            throw new ConfigException(
                    "'peer=" + system + "' knows no versions, was " + scope.version() + ". Leave 'version' out");
        }
        if (system.equals("ddf") && !namespace.isEmpty()) {
            throw new ConfigException("'peer=ddf' knows no prefix, and takes each key as it is; the namespace was '"
                    + namespace + "'. Leave 'namespace' out");
        }
        List<String> readable = codecs(system);
        if (!readable.isEmpty() && !readable.contains(codec)) {
            throw new ConfigException("'peer=" + system + "' reads what " + String.join(" or ", readable)
                    + " writes, was '" + codec + "'. Leave 'codec' out");
        }
        return switch (system) {
            case "ellar" ->
                new PeerLayout(system, PeerKeys.ellar(namespace, String.valueOf(scope.version()), ""), codec);
            case "nicolas" -> new PeerLayout(system, namespace.isEmpty() ? "cache:" : namespace, codec);
            case "yokedcache" -> new PeerLayout(system, (namespace.isEmpty() ? system : namespace) + ":", codec);
            default -> new PeerLayout(system, namespace, codec);
        };
    }

    /** Returns the codecs whose values {@code system} reads; none where it reads all that it is configured for. */
    private static List<String> codecs(String system) {
        return switch (system) {
            case "ddf" -> List.of("json", "pickle");
            case "ellar", "nicolas" -> List.of("pickle");
            case "yokedcache" -> YOKED_CODECS;
            default -> List.of();
        };
    }

    /** Returns the name of the system. */
    public String system() {
        return system;
    }

    /** Returns what the names of all entries begin with; empty where any name is one. */
    public String prefix() {
        return prefix;
    }

    /** Returns whether there are sets of what carries a tag. */
    public boolean hasTags() {
        return system.equals("nicolas") || system.equals("yokedcache");
    }

    /** Returns what the names of those sets begin with; a tag follows. */
    public String tagPrefix() {
        return prefix + (system.equals("nicolas") ? "tag:" : "tags:");
    }

    /** Returns the name of the set of the tags that {@code key} has, or null where there is none. */
    public @Nullable String tagsOf(String key) {
        return tagsOfPrefix().isEmpty() ? null : tagsOfPrefix() + key;
    }

    /** Returns what the names of those sets begin with, or nothing. */
    public String tagsOfPrefix() {
        return system.equals("nicolas") ? prefix + "key_tags:" : "";
    }

    /** Returns what stands before a member of a set of a tag in the name of its entry. */
    public String memberPrefix() {
        return system.equals("nicolas") ? prefix : "";
    }

    /** Returns how the sets of tags call {@code key}. */
    public String member(String key) {
        return name(key).substring(memberPrefix().length());
    }

    /** Returns the key of a member, or null for what is none of these entries. */
    public @Nullable String keyOfMember(String member) {
        return key(memberPrefix() + member);
    }

    /** Returns the name of the entry of {@code key}, or fails with a {@link CodecException} when that is the name of something else. */
    public String name(String key) {
        String name = !system.equals("yokedcache")
                ? prefix + key
                : PeerKeys.yokedSanitized(key.startsWith(prefix) ? key : prefix + key);
        if (isBookkeeping(name)) {
            throw new CodecException(
                    "Cannot use key '" + key + "': '" + system + "' keeps its tags under such names", null);
        }
        return name;
    }

    /** Returns the key of the entry that is called {@code name}, or null for what is none of these entries. */
    public @Nullable String key(String name) {
        return name.startsWith(prefix) && !isBookkeeping(name) ? name.substring(prefix.length()) : null;
    }

    private boolean isBookkeeping(String name) {
        return hasTags()
                && (name.startsWith(tagPrefix()) || (!tagsOfPrefix().isEmpty() && name.startsWith(tagsOfPrefix())));
    }

    /** Returns whether values lie in an envelope, so that servers cannot count in them. */
    public boolean isEnveloped() {
        return system.equals("yokedcache");
    }

    /** Returns whether a key stands in the name of its entry as it is. */
    public boolean keepsKeys() {
        return !system.equals("yokedcache");
    }

    /** Returns what lies on the server for a value that the codec wrote. */
    public byte[] stored(byte[] value) {
        return isEnveloped()
                ? ByteBuffer.allocate(YOKED_MAGIC.length + 1 + value.length)
                        .put(YOKED_MAGIC)
                        .put(yokedCodec())
                        .put(value)
                        .array()
                : value;
    }

    /** Returns what the codec wrote; JSON of a YokedCache before 1.0 is without an envelope. */
    public byte[] value(byte[] stored) {
        int head = YOKED_MAGIC.length;
        if (!isEnveloped() || stored.length <= head || Arrays.mismatch(stored, 0, head, YOKED_MAGIC, 0, head) >= 0) {
            return stored;
        }
        if (stored[head] != yokedCodec()) {
            throw new CodecException(
                    "The value was written by method " + stored[head] + " of YokedCache, but is read by '" + codec
                            + "', which is " + yokedCodec() + ": 1 is json, 2 pickle, 3 msgpack",
                    null);
        }
        return Arrays.copyOfRange(stored, head + 1, stored.length);
    }

    private byte yokedCodec() {
        return (byte) (1 + YOKED_CODECS.indexOf(codec));
    }
}
