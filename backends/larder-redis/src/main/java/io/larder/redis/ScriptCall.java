package io.larder.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One call of a script on one bucket. Immutable.
 *
 * @param keys the first is one that is never there; common.lua says why
 */
record ScriptCall(Script script, List<byte[]> keys, List<byte[]> arguments) {

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the call of what the server has seen before. */
    AsyncCommand<byte[], byte[], Object> byHash() {
        return command(CommandType.EVALSHA, new CommandArgs<>(ByteArrayCodec.INSTANCE).add(script.hash()));
    }

    /** Returns the call that brings the script along. */
    AsyncCommand<byte[], byte[], Object> bySource() {
        return command(CommandType.EVAL, new CommandArgs<>(ByteArrayCodec.INSTANCE).add(bytes(script.source())));
    }

    private AsyncCommand<byte[], byte[], Object> command(CommandType type, CommandArgs<byte[], byte[]> args) {
        args.add(keys.size()).addKeys(keys).addValues(arguments);
        return new AsyncCommand<>(new Command<>(type, new ScriptOutput(), args));
    }
}
