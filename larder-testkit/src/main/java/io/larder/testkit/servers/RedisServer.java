package io.larder.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of this test alone, which keeps nothing on disk.
 *
 * <p>It starts {@code redis-server} or {@code valkey-server}: the one that {@code -Dlarder.redis.server} names, one on
 * the PATH, or the one in {@code org.signal:embedded-redis} on the class path. Without any, the test is skipped, or
 * fails if {@code -Dlarder.require=redis} is set.
 */
public final class RedisServer extends ServerProcess {

    private static final ServerBinary BINARY = new ServerBinary(
            "redis",
            List.of("redis-server", "valkey-server"),
            "7",
            new Carrier("org.signal:embedded-redis", "redis/embedded/RedisServer.class", "redis-server"));
    private static final Pattern PROCESS_ID = Pattern.compile("(?m)^process_id:(\\d+)");
    private static final int ANSWER_MILLIS_MAX = 20_000;
    private static final int READY_MILLIS_MAX = 1_000;
    private static final String SOCKET = "redis.sock";
    private static final String CONFIGURATION = "redis.conf";

    private final Path program;
    private final RedisOptions options;
    private final List<String> directives;
    private final List<String> arguments;

    private RedisServer(
            Path program,
            String name,
            int portDistance,
            RedisOptions options,
            List<String> directives,
            List<String> arguments) {
        super(name, portDistance);
        this.program = program;
        this.options = options;
        this.directives = directives;
        this.arguments = arguments;
    }

    /** Starts one without password and TLS; see {@link #start(RedisOptions)}. */
    public static RedisServer start() {
        return start(RedisOptions.plain());
    }

    /** Starts one and returns when it answers, which takes less than a tenth of a second. */
    public static RedisServer start(RedisOptions options) {
        return start(options, List.of());
    }

    /** Starts one with a few more lines of redis.conf than the options have. */
    static RedisServer start(RedisOptions options, List<String> more) {
        return launched("redis", 0, options, and(ofData(), more), List.of());
    }

    static RedisServer startNode(RedisOptions options, List<String> more) {
        return launched("redis-node", Ports.BUS_DISTANCE, options, and(ofData(), more), List.of());
    }

    static RedisServer startSentinel(RedisOptions options) {
        return launched("sentinel", 0, options.ofSentinel(), List.of(), List.of("--sentinel"));
    }

    /** Returns the program, or skips the test; see {@link ServerBinary#require}. */
    static Path program() {
        return BINARY.require();
    }

    /** Returns the path of its unix socket. */
    public Path socket() {
        return folder().resolve(SOCKET);
    }

    /**
     * Sends a command over a connection of its own, as the default user, and returns the answer.
     *
     * <p>What depends on the connection, such as WAIT or MULTI, has no use here.
     *
     * @throws ServerException when the server refuses it or cannot be reached
     */
    public RedisAnswer command(String... words) {
        return command(words(words));
    }

    /** Sends a command like {@link #command(String...)}, made of any bytes. */
    public RedisAnswer command(List<byte[]> words) {
        return ask(ANSWER_MILLIS_MAX, login(), words);
    }

    /** Sends a command like {@link #command(String...)}, as an ACL user. */
    public RedisAnswer commandAs(String user, String password, String... words) {
        return ask(ANSWER_MILLIS_MAX, words("AUTH", user, password), words(words));
    }

    /** Returns a field of {@code INFO}, such as {@code info("connected_clients")}, or null when there is none. */
    public @Nullable String info(String field) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(field) + ":(.*?)\r?$")
                .matcher(String.valueOf(command("INFO", "everything").text()));
        return line.find() ? line.group(1) : null;
    }

    /** Returns whether it follows {@code leader}, which counts on it, and has all that the leader had when this was called. */
    boolean follows(RedisServer leader) {
        String offset = String.valueOf(leader.info("master_repl_offset"));
        boolean counts = Stream.iterate(0, number -> number + 1)
                .map(number -> leader.info("slave" + number))
                .takeWhile(Objects::nonNull)
                .anyMatch(replica -> replica.contains(",port=" + port() + ",state=online,"));
        if (!counts) {
            return false;
        }
        return String.valueOf(leader.port()).equals(info("master_port"))
                && "up".equals(info("master_link_status"))
                && Long.parseLong(String.valueOf(info("slave_repl_offset"))) >= Long.parseLong(offset);
    }

    RedisOptions options() {
        return options;
    }

    @Override
    void configure(TempFolder target, int port) {
        List<String> lines = new ArrayList<>(List.of(
                RedisOptions.line("bind", HOST),
                RedisOptions.line("dir", target.path().toString()),
                options.certificates() == null ? "port " + port : "port 0\ntls-port " + port,
                "daemonize no",
                "logfile \"\"",
                "protected-mode no"));
        if (arguments.isEmpty()) {
            lines.add(RedisOptions.line("unixsocket", target.file(SOCKET).toString()));
        }
        lines.addAll(directives);
        lines.addAll(options.lines());
        target.write(CONFIGURATION, lines);
    }

    @Override
    List<String> commandLine(TempFolder configured, int port) {
        List<String> line = new ArrayList<>(
                List.of(program.toString(), configured.file(CONFIGURATION).toString()));
        line.addAll(arguments);
        return line;
    }

    @Override
    boolean isReady() throws IOException {
        // Its own process, and not another server that took the port first.
        Matcher id = PROCESS_ID.matcher(
                ask(READY_MILLIS_MAX, login(), words("INFO", "server")).toString());
        return id.find() && Long.parseLong(id.group(1)) == pid();
    }

    private List<byte[]> login() {
        String password = options.password();
        return password == null ? List.of() : words("AUTH", password);
    }

    private RedisAnswer ask(int answerMillisMax, List<byte[]> login, List<byte[]> words) {
        Certificates certificates = options.certificates();
        try (RespConnection connection =
                RespConnection.open(port(), certificates == null ? null : certificates.context(), answerMillisMax)) {
            if (!login.isEmpty()) {
                connection.ask(login);
            }
            return connection.ask(words);
        } catch (IOException e) {
            throw new ServerException("Cannot reach " + this + ": " + e, e);
        }
    }

    static List<byte[]> words(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static RedisServer launched(
            String name, int portDistance, RedisOptions options, List<String> directives, List<String> arguments) {
        RedisServer server = new RedisServer(program(), name, portDistance, options, directives, arguments);
        server.launch();
        return server;
    }

    /** Returns what a server of data has and a sentinel has not. */
    private static List<String> ofData() {
        return List.of(
                "save \"\"",
                "appendonly no",
                "enable-debug-command local",
                // Else the first replica waits 5 s for a second one, and SIGTERM 10 s for a replica that is behind.
                "repl-diskless-sync-delay 0",
                "shutdown-timeout 0",
                // A cluster does not show a replica before its first ping from the leader.
                "repl-ping-replica-period 1");
    }

    private static List<String> and(List<String> lines, List<String> more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(more);
        return all;
    }
}
