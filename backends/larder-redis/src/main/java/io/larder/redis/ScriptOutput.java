package io.larder.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what our scripts answer: a number, bytes, or a flat list of these. Used once, on the client's I/O thread. */
final class ScriptOutput extends CommandOutput<byte[], byte[], Object> {

    private @Nullable List<Object> list;

    ScriptOutput() {
        super(ByteArrayCodec.INSTANCE, null);
    }

    @Override
    public void multi(int count) {
        list = new ArrayList<>(Math.max(0, Math.min(count, 16)));
        output = list;
    }

    @Override
    public void set(long integer) {
        answered(integer);
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        if (bytes != null) {
            answered(codec.decodeValue(bytes));
        }
    }

    private void answered(Object value) {
        if (list == null) {
            output = value;
        } else {
            list.add(value);
        }
    }
}
