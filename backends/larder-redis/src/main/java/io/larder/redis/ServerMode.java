package io.larder.redis;

import io.larder.BackendException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks a server what it is: once, so that a URL of another shape is told at once and not by odd replies later. */
final class ServerMode {

    private ServerMode() {}

    /** Returns {@code commands} if they lead to a server that stands alone, else closes their connection and fails. */
    static CompletionStage<Commands> requireAlone(Commands commands, String name) {
        return hello(commands.connection())
                .handle((fields, failure) -> mode(fields, failure))
                .thenCompose(mode -> {
                    if (!mode.equals("cluster") && !mode.equals("sentinel")) {
                        return CompletableFuture.completedFuture(commands);
                    }
                    return CompletableFuture.failedFuture(BackendException.lasting(
                            mode.equals("cluster")
                                    ? name + " is a node of a Redis Cluster. Use redis+cluster:"
                                    : name + " is a sentinel and holds no data. Use redis+sentinel: and its service",
                            null));
                })
                .whenComplete((alone, failure) -> {
                    if (failure != null) {
                        var unused = commands.connection().closeAsync();
                    }
                });
    }

    /** Returns what a server says it is; one that does not know HELLO is asked no further, its replies will tell. */
    private static String mode(List<String> fields, @Nullable Throwable failure) {
        if (failure == null) {
            return field(fields, "mode");
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RedisCommandExecutionException) {
            return "";
        }
        throw new CompletionException(cause);
    }

    /** Returns what a server says of itself, for {@link #field}. */
    static CompletionStage<List<String>> hello(StatefulConnection<byte[], byte[]> connection) {
        AsyncCommand<byte[], byte[], List<Object>> hello =
                new AsyncCommand<>(new Command<>(CommandType.HELLO, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE)));
        connection.dispatch(hello);
        return hello.thenApply(reply -> {
            List<String> fields = new ArrayList<>();
            flatten(reply, fields);
            return fields;
        });
    }

    /** Returns a field such as {@code mode}, empty where there is none. */
    static String field(List<String> fields, String name) {
        int at = fields.indexOf(name);
        return at < 0 || at + 1 == fields.size() ? "" : fields.get(at + 1);
    }

    private static void flatten(List<?> reply, List<String> fields) {
        for (Object part : reply) {
            if (part instanceof List<?> nested) {
                flatten(nested, fields);
            } else if (part instanceof byte[] bytes) {
                fields.add(new String(bytes, StandardCharsets.UTF_8));
            } else {
                fields.add(String.valueOf(part));
            }
        }
    }
}
