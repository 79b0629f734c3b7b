package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SET} that tells what was there before. Immutable.
 *
 * @param keepMillis how long the server keeps the value, negative for ever
 * @param ifAbsent sets nothing where there is something; servers before Redis 7 refuse that together with {@code GET}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PlainSet(byte[] name, byte[] value, long keepMillis, boolean ifAbsent) {

    private static final byte[] PX = bytes("PX");
    private static final byte[] NX = bytes("NX");
    private static final byte[] GET = bytes("GET");
    private static final int PARTS_MAX = 6;

    /**
     * What became of one.
     *
     * @param refused whether the server did not do it: it is too old, has no memory, or keeps something else than a string there
     * @param before what was there before, null for nothing
     */
    record Outcome(boolean refused, byte @Nullable [] before) {

        static final Outcome REFUSED = new Outcome(true, null);
    }

    AsyncCommand<byte[], byte[], byte[]> command() {
        List<byte[]> parts = new ArrayList<>(PARTS_MAX);
        parts.add(name);
        parts.add(value);
        if (keepMillis >= 0) {
            parts.add(PX);
            parts.add(bytes(keepMillis));
        }
        if (ifAbsent) {
            parts.add(NX);
        }
        parts.add(GET);
        return new AsyncCommand<>(
                new Command<>(CommandType.SET, new ValueOutput<>(ByteArrayCodec.INSTANCE), new Arguments(parts)));
    }
}
