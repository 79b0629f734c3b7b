package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first words on a connection: login, version, and a no-op that only a server with the meta protocol answers. */
final class Greeting {

    /**
     * No-ops that are sent. With the version they are longer than the 24 bytes that a server of the binary protocol waits for before it
     * notices that this is none.
     */
    private static final int NOOPS = 4;

    private static final Set<String> LOGIN_REFUSALS = Set.of("unauthenticated", "authentication failure");

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
    /** Before, stores were written and answered in another way. */
    private static final int[] VERSION_MIN = {1, 6, 10};

    private Greeting() {}

    /** Sends them in one write, and completes with the version when the server is known to be one that can be used. */
    static CompletableFuture<String> exchange(Pipeline pipeline, String server, @Nullable Credentials credentials) {
        CompletableFuture<String> greeted = new CompletableFuture<>();
        List<Call> calls = new ArrayList<>();
        if (credentials != null) {
            TextCall<String> login = login(server, credentials);
            failWith(login.future, greeted, credentials);
            calls.add(login);
        }
        TextCall<String> version = version(server);
        failWith(version.future.thenAccept(Greeting::requireMeta), greeted, credentials);
        calls.add(version);
        for (int i = 1; i <= NOOPS; i++) {
            MetaCall noop = new MetaCall(MetaRequest.noop(), server);
            failWith(noop.future, greeted, credentials);
            if (i == NOOPS) {
                var unused = noop.future.thenAccept(reply -> greeted.complete(version.future.getNow("")));
            }
            calls.add(noop);
        }
        pipeline.sendAll(calls);
        return greeted;
    }

    /** The first failure counts: a server that refused something may say nothing more. */
    private static void failWith(
            CompletableFuture<?> part, CompletableFuture<String> greeted, @Nullable Credentials credentials) {
        var unused = part.whenComplete((done, failure) -> {
            if (failure != null) {
                greeted.completeExceptionally(explained(failure, credentials));
            }
        });
    }

    private static TextCall<String> login(String server, Credentials credentials) {
        String both = credentials.user() + " " + credentials.password();
        int length = both.getBytes(StandardCharsets.UTF_8).length;
        return new TextCall<>(
                "Login of user '" + credentials.user() + "' on " + server + " failed",
                "set auth 0 0 " + length + "\r\n" + both,
                new OneLine("STORED"));
    }

    /** Asks for the version, such as {@code 1.6.18}. */
    static TextCall<String> version(String server) {
        return new TextCall<>("'version' on " + server + " failed", "version", new OneLine("VERSION "));
    }

    private static void requireMeta(String version) {
        Matcher numbers = VERSION.matcher(version);
        // Something that speaks the protocol under a version scheme of its own; the no-op tells whether it does.
        if (!numbers.lookingAt()) {
            return;
        }
        int[] parts = {
            Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(3))
        };
        if (Arrays.compare(parts, VERSION_MIN) < 0) {
            throw new IllegalStateException(
                    "the server is memcached " + version + ", and the meta protocol needs 1.6.10 or later. Upgrade it");
        }
    }

    private static RuntimeException explained(Throwable failure, @Nullable Credentials credentials) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ServerErrorException refused && LOGIN_REFUSALS.contains(refused.said())) {
            return new IllegalStateException(
                    credentials == null
                            ? "the server asks for a user and password (it was started with -Y)"
                            : "the server refused user '" + credentials.user() + "' or the password",
                    refused);
        }
        if (cause instanceof ConnectionLostException lost) {
            return new IllegalStateException(
                    "the server closed the connection at the greeting. One with SASL (-S) does, for it speaks only the old binary"
                            + " protocol; start it with an authentication file (-Y) instead. One that has no room for another connection (-c) does too",
                    lost);
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** One line that begins as it must; the result is the rest of it. */
    private static final class OneLine implements TextCall.Lines<String> {

        private final String beginning;
        private String rest = "";

        OneLine(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public boolean line(String line) throws MalformedReplyException {
            if (!line.startsWith(beginning)) {
                throw new MalformedReplyException("does not begin with '" + beginning.strip() + "'");
            }
            rest = line.substring(beginning.length());
            return true;
        }

        @Override
        public String result() {
            return rest;
        }
    }
}
