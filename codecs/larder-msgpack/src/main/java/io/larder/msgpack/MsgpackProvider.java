package io.larder.msgpack;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;

/** Makes the codec {@code msgpack}, which takes no parameters. Has no state. */
public final class MsgpackProvider implements CodecProvider {

    /** Makes one, for the ServiceLoader. */
    public MsgpackProvider() {}

    @Override
    public String name() {
        return "msgpack";
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        try {
            return new MsgpackCodec<>(type, TreeMapper.SHARED.constructType(type.type()));
        } catch (RuntimeException e) {
            throw new ConfigException("Codec 'msgpack' cannot handle the type " + type + ". Name another codec", e);
        }
    }
}
