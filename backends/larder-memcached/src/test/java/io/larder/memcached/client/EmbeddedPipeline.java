package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** A connection whose other end is the test. Confined to one thread. */
final class EmbeddedPipeline {

    final EmbeddedChannel channel = new EmbeddedChannel();
    final Pipeline pipeline;

    EmbeddedPipeline(long incarnation, ClientSettings settings, LongSupplier nanos) {
        pipeline = new Pipeline("server", incarnation, settings, nanos, channel, null);
        channel.pipeline().addLast(pipeline);
    }

    /** Returns all that was written since. */
    String written() {
        StringBuilder all = new StringBuilder();
        for (String text = write(); !text.isEmpty(); text = write()) {
            all.append(text);
        }
        return all.toString();
    }

    /** Returns the next of the writes, empty if there was none. */
    String write() {
        channel.runPendingTasks();
        ByteBuf out = channel.readOutbound();
        if (out == null) {
            return "";
        }
        String text = out.toString(StandardCharsets.US_ASCII);
        out.release();
        return text;
    }

    void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
