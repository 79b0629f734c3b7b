package io.larder.fory;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the codec {@code fory}, which reads and writes the cache's type and the classes that it is told. Has no state. */
public final class ForyProvider implements CodecProvider {

    private static final int DEPTH_STANDARD = 50;
    private static final int DEPTH_MAX = 1_000;
    private static final long SIZE_BYTES_STANDARD = 64 << 20;

    /** Makes one, for the ServiceLoader. */
    public ForyProvider() {}

    @Override
    public String name() {
        return "fory";
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(
                new Parameter(
                        "classes",
                        "classes such as 'com.acme.User;com.acme.Order'",
                        "none",
                        "Classes in the values, besides the type of the cache."),
                new Parameter(
                        "max-depth",
                        "number",
                        String.valueOf(DEPTH_STANDARD),
                        "How deep objects may be nested in each other."),
                new Parameter(
                        "max-size",
                        "size such as '64MiB'",
                        "64MiB",
                        "What the objects of a value may take in memory.")));
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        long sizeBytesMax = parameters.sizeBytes("max-size", SIZE_BYTES_STANDARD);
        if (sizeBytesMax < 1) {
            throw new ConfigException("'max-size' of codec 'fory' must be at least 1B, was 0B");
        }
        int depthMax = parameters.integer("max-depth", 1, DEPTH_MAX, DEPTH_STANDARD);
        Set<Class<?>> classes = new LinkedHashSet<>(Erasure.classesOf(type.type()));
        ClassLoader loader = Erasure.of(type.type()).getClassLoader();
        for (String name : names(parameters.text("classes"))) {
            try {
                classes.add(Class.forName(
                        name, false, loader == null ? Thread.currentThread().getContextClassLoader() : loader));
            } catch (ClassNotFoundException e) {
                throw new ConfigException("There is no class '" + name + "', which 'classes' of codec 'fory' names", e);
            }
        }
        return new ForyCodec<>(type, classes, depthMax, sizeBytesMax);
    }

    private static List<String> names(@Nullable String classes) {
        return classes == null ? List.of() : List.of(classes.split(";", -1));
    }
}
