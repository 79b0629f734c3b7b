package io.larder.testkit.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A memcached server of this test alone.
 *
 * <p>It starts the {@code memcached} that {@code -Dlarder.memcached.server} names, or one on the PATH or in
 * {@code .servers/bin} of the working folder or one above. Without any, the test is skipped, or fails if
 * {@code -Dlarder.require=memcached} is set; so it is where the program was built without the TLS or SASL that the options
 * ask for.
 */
public final class MemcachedServer extends ServerProcess {

    private static final ServerBinary BINARY = new ServerBinary("memcached", List.of("memcached"), "1.6", null);
    private static final String USERS = "users";
    private static final String LISTENS = "server listening";
    private static final int ANSWER_MILLIS_MAX = 20_000;
    private static final int READY_MILLIS_MAX = 1_000;

    private final Path program;
    private final MemcachedOptions options;

    private MemcachedServer(Path program, MemcachedOptions options) {
        super("memcached", 0);
        this.program = program;
        this.options = options;
    }

    /** Starts one without users and TLS; see {@link #start(MemcachedOptions)}. */
    public static MemcachedServer start() {
        return start(MemcachedOptions.plain());
    }

    /** Starts one and returns when it answers, which takes less than a tenth of a second. */
    public static MemcachedServer start(MemcachedOptions options) {
        MemcachedServer server = new MemcachedServer(program(options), options);
        server.launch();
        return server;
    }

    /** Returns the path of its unix socket, on which it listens if the options say so. */
    public Path socket() {
        return folder().resolve(MemcachedOptions.SOCKET);
    }

    @Override
    public String address() {
        return options.has(MemcachedOptions.UNIX) ? socket().toString() : super.address();
    }

    /**
     * Sends a command in the text or meta protocol, over a connection of its own, and returns the lines of the answer.
     *
     * <p>A value is a line of the command: {@code ask("set k 0 0 1\r\nv")}. Nobody can ask a server with SASL.
     *
     * @throws ServerException when the server refuses it or cannot be reached
     */
    public List<String> ask(String command) {
        try {
            return asked(command, ANSWER_MILLIS_MAX);
        } catch (IOException e) {
            throw new ServerException("Cannot reach " + this + ": " + e, e);
        }
    }

    /** Returns a value of {@code stats}, such as {@code stat("evictions")}, or null when there is none. */
    public @Nullable String stat(String name) {
        return valueOf(name, ask("stats"));
    }

    @Override
    void configure(TempFolder target, int port) {
        target.write(USERS, options.users());
        target.write("memcached.conf", List.of("mech_list: plain", "sasldb_path: " + target.file("sasldb")));
    }

    @Override
    List<String> commandLine(TempFolder configured, int port) {
        // As root it wants to be told whom to become, and else does not care.
        List<String> line = new ArrayList<>(List.of(
                "/usr/bin/env",
                "SASL_CONF_PATH=" + configured.path(),
                program.toString(),
                "-u",
                "root",
                "-l",
                HOST,
                "-p",
                String.valueOf(port),
                "-U",
                "0"));
        if (!options.users().isEmpty()) {
            line.addAll(List.of("-Y", USERS));
        }
        if (options.has(MemcachedOptions.SASL)) {
            // Who may ask it nothing can still read in its log whether it listens.
            line.add("-vv");
        }
        line.addAll(options.arguments());
        return line;
    }

    @Override
    boolean isReady() throws IOException {
        if (options.has(MemcachedOptions.SASL)) {
            return log().contains(LISTENS);
        }
        // Its own process, and not another server that took the port first.
        return String.valueOf(pid()).equals(valueOf("pid", asked("stats", READY_MILLIS_MAX)));
    }

    private List<String> asked(String command, int answerMillisMax) throws IOException {
        MemcachedQuestion question =
                new MemcachedQuestion(options.users().stream().findFirst().orElse(null), command);
        Certificates certificates = options.certificates();
        List<String> answer = options.has(MemcachedOptions.UNIX)
                ? question.ask(socket(), answerMillisMax)
                : question.ask(port(), certificates == null ? null : certificates.context(), answerMillisMax);
        if (MemcachedQuestion.isRefusal(answer)) {
            throw new ServerException(this + " refused '" + question + "': " + String.join(" ", answer));
        }
        return answer;
    }

    private static @Nullable String valueOf(String name, List<String> stats) {
        String start = "STAT " + name + " ";
        return stats.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse(null);
    }

    /** Returns a program that can do what the options ask for, or skips the test. */
    static Path program(MemcachedOptions options) {
        return BINARY.require(Stream.of(MemcachedOptions.TLS, MemcachedOptions.SASL)
                .filter(options::has)
                .toArray(String[]::new));
    }
}
