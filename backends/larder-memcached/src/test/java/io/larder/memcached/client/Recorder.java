package io.larder.memcached.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down what a parser hands on; expects text while told so. */
final class Recorder implements ReplySink {

    final List<String> seen = new ArrayList<>();
    boolean text;

    @Override
    public boolean expectsText() {
        return text;
    }

    @Override
    public void reply(MetaReply reply) {
        seen.add(reply.status() + " " + reply.letters + " " + reply.cas + " " + reply.ttlSeconds + " "
                + reply.clientFlags + " " + reply.sizeBytes + " " + reply.idleSeconds + " " + reply.opaque + " "
                + Arrays.toString(reply.key) + " " + Arrays.hashCode(reply.value) + " " + reply.details);
    }

    @Override
    public void text(String line) {
        seen.add("text " + line);
    }

    @Override
    public void error(ServerErrorException.Kind kind, String message) {
        seen.add(kind + " " + message);
    }
}
