package io.larder.pickle;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;

/** Makes the codec {@code pickle}, Python's serialization of plain types, and of no others. Has no state. */
public final class PickleProvider implements CodecProvider {

    private static final int PROTOCOL_MIN = 2;
    private static final int PROTOCOL_MAX = 5;
    private static final int PROTOCOL_STANDARD = 4;

    /** Makes one, for the ServiceLoader. */
    public PickleProvider() {}

    @Override
    public String name() {
        return "pickle";
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(
                new Parameter(
                        "protocol",
                        "number from 2 to 5",
                        String.valueOf(PROTOCOL_STANDARD),
                        "The protocol that is written; 0 to 5 are read."),
                new Parameter(
                        "ints",
                        "pickle or decimal",
                        "pickle",
                        "How values are written that are integers; servers count in decimal digits.")));
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        int protocol = parameters.integer("protocol", PROTOCOL_MIN, PROTOCOL_MAX, PROTOCOL_STANDARD);
        boolean inDigits = "decimal".equals(parameters.oneOf("ints", List.of("pickle", "decimal")));
        Shape shape = Shape.of(type.type());
        if (!Fitting.canMake(shape)) {
            throw new ConfigException("Codec 'pickle' cannot handle the type " + type
                    + ". Make it a record, a collection or one of Python's plain types, or name another codec");
        }
        return new PickleCodec<>(type, shape, protocol, inDigits);
    }
}
