package io.larder.codec;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;

/** Makes the codec {@code java}, Java's serialization of the classes that it is told, and of no others. Has no state. */
public final class JavaProvider implements CodecProvider {

    private static final int DEPTH_STANDARD = 20;
    private static final int DEPTH_MAX = 1_000;
    private static final long SIZE_BYTES_STANDARD = 16 << 20;
    private static final long SIZE_BYTES_LARGEST = 1 << 30;

    /** Makes one, for the ServiceLoader. */
    public JavaProvider() {}

    @Override
    public String name() {
        return "java";
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(
                new Parameter(
                        "allow",
                        "classes such as 'com.acme.User;com.acme.dto.*'",
                        "none, it must be there",
                        "The only classes that values may be made of."),
                new Parameter(
                        "max-depth",
                        "number",
                        String.valueOf(DEPTH_STANDARD),
                        "How deep objects may be nested in each other."),
                new Parameter("max-bytes", "size such as '16MiB'", "16MiB", "Longer values are refused.")));
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        String allow = parameters.text("allow");
        if (allow == null) {
            throw new ConfigException(
                    "Codec 'java' needs a list of the classes that may be read, for whoever writes to the"
                            + " backend chooses which are. Write 'java(allow=com.acme.User;com.acme.dto.*)'");
        }
        long sizeBytesMax = parameters.sizeBytes("max-bytes", SIZE_BYTES_STANDARD);
        if (sizeBytesMax < 1 || sizeBytesMax > SIZE_BYTES_LARGEST) {
            throw new ConfigException("'max-bytes' of codec 'java' must be from 1B to 1GiB, was " + sizeBytesMax + "B");
        }
        int depthMax = parameters.integer("max-depth", 1, DEPTH_MAX, DEPTH_STANDARD);
        return new JavaCodec<>(type, new ClassAllowList(allow), depthMax, (int) sizeBytesMax);
    }
}
