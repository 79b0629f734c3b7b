package io.larder.bench.codecs;

import io.larder.spi.Codec;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who takes part, in the order of the tables. */
@SuppressWarnings("ImmutableEnumChecker") // Words, and what opens a codec, which keeps nothing.
public enum CodecPeer {
    /** What JSON takes by itself. */
    JACKSON("Jackson 3", "jackson", RawLibraries::jackson),
    /** What Fory takes by itself. */
    FORY("Fory, registered", "fory", RawLibraries::fory),
    /** Nothing of Larder is made of it. */
    KRYO("Kryo, registered", "kryo", RawLibraries::kryo),
    /** What every JDK has. */
    JDK("JDK serialization", "", RawLibraries::jdk),
    /** The standard. */
    LARDER_JSON("Larder `json`", "larder", JACKSON, "json"),
    /** By Jackson as well, hence the comparison. */
    LARDER_MSGPACK("Larder `msgpack`", "larder", JACKSON, "msgpack"),
    /** By Fory, with its checks on. */
    LARDER_FORY("Larder `fory`", "larder", FORY, "fory(classes=io.larder.bench.codecs.OrderLine)"),
    /** By serialization, with its filter on. */
    LARDER_JAVA("Larder `java`", "larder", JDK, "java(allow=io.larder.bench.codecs.*;java.util.ArrayList)"),
    /** For Python; no library inside. */
    LARDER_PICKLE("Larder `pickle`", "larder", JDK, "pickle"),
    /** What compressing adds. */
    LARDER_JSON_ZLIB("Larder `json+zlib`", "larder", LARDER_JSON, "json+zlib"),
    /** What compressing adds. */
    LARDER_JSON_ZSTD("Larder `json+zstd`", "larder", LARDER_JSON, "json+zstd"),
    /** What compressing adds. */
    LARDER_JSON_LZ4("Larder `json+lz4`", "larder", LARDER_JSON, "json+lz4"),
    /** What compressing adds to what is fast. */
    LARDER_FORY_LZ4("Larder `fory+lz4`", "larder", LARDER_FORY, LARDER_FORY.chain + "+lz4");

    private final String label;
    private final String library;
    private final @Nullable CodecPeer rival;
    private final String chain;
    private final Supplier<Codec<Order, byte[]>> opener;

    CodecPeer(String label, String library, CodecPeer rival, String chain) {
        this(label, library, rival, chain, () -> Chains.open(chain));
    }

    CodecPeer(String label, String library, Supplier<Codec<Order, byte[]>> opener) {
        this(label, library, null, "", opener);
    }

    CodecPeer(
            String label,
            String library,
            @Nullable CodecPeer rival,
            String chain,
            Supplier<Codec<Order, byte[]>> opener) {
        this.label = label;
        this.library = library;
        this.rival = rival;
        this.chain = chain;
        this.opener = opener;
    }

    /** Returns a new codec. */
    public Codec<Order, byte[]> open() {
        return opener.get();
    }

    String label() {
        return label;
    }

    /** The name under which the build knows its version; empty for the JDK. */
    String library() {
        return library;
    }

    /** With whom it is compared: what is inside it, or what does the same. */
    Optional<CodecPeer> rival() {
        return Optional.ofNullable(rival);
    }
}
