package io.larder.redis;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers of one URL are, and who asks them. Immutable.
 *
 * @param nodes the hosts of the URL; of replicas the leader first; of a unix socket none
 * @param socket the path of a unix socket, or empty
 * @param service what the sentinels watch, or empty
 * @param login for the nodes that hold data
 * @param sentinelLogin for the sentinels
 */
record RedisAddress(
        Kind kind,
        List<Node> nodes,
        String socket,
        String service,
        int database,
        Login login,
        Login sentinelLogin,
        boolean isTls) {

    static final int PORT = 6379;
    static final int PORT_SENTINEL = 26379;

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter("db", "number such as '3'", "0", "Database, where the path does not name it."),
            new Parameter("tls", "true or false", "true for rediss:, else false", "Whether the servers speak TLS."),
            new Parameter("sentinel-user", "text", "none", "User for the sentinels."),
            new Parameter("sentinel-password", "text", "none", "Password for the sentinels.")));

    private static final Pattern NODE = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@\\s]+)(?::(\\d{1,5}))?");

    /** The shapes in which Redis runs. */
    enum Kind {
        SERVER,
        REPLICAS,
        SENTINEL,
        CLUSTER
    }

    /** Who asks; null where nothing was given. */
    record Login(@Nullable String user, @Nullable String password) {

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** A host, an IPv6 one without brackets, and its port. */
    record Node(String host, int port) {

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    static RedisAddress of(CacheUrl url) {
        Kind kind = switch (url.scheme()) {
            case "redis+replicas" -> Kind.REPLICAS;
            case "redis+sentinel" -> Kind.SENTINEL;
            case "redis+cluster" -> Kind.CLUSTER;
            default -> Kind.SERVER;
        };
        boolean isSocket = url.scheme().equals("redis+unix");
        List<String> path = isSocket ? List.of() : segments(url.path());
        return new RedisAddress(
                kind,
                nodes(url, kind, isSocket),
                isSocket ? socket(url) : "",
                kind == Kind.SENTINEL ? service(url, path) : "",
                database(url, kind, kind == Kind.SENTINEL ? path.subList(Math.min(1, path.size()), path.size()) : path),
                login(url),
                sentinelLogin(url, kind),
                isTls(url, isSocket));
    }

    /** Returns what messages call it, such as "Redis at cache-1:6379". */
    String name() {
        String places = places();
        return switch (kind) {
            case SERVER -> "Redis at " + (socket.isEmpty() ? places : socket);
            case REPLICAS -> "Redis at " + places;
            case SENTINEL -> "Redis service '" + service + "' of the sentinels at " + places;
            case CLUSTER -> "Redis Cluster " + (places.isEmpty() ? "of the client that was lent" : "at " + places);
        };
    }

    /** Returns the hosts and ports of the URL. */
    String places() {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }

    private static List<Node> nodes(CacheUrl url, Kind kind, boolean isSocket) {
        List<Node> nodes = new ArrayList<>();
        for (String text : url.hosts().isEmpty() ? new String[0] : url.hosts().split(",", -1)) {
            nodes.add(node(url, text, kind == Kind.SENTINEL ? PORT_SENTINEL : PORT));
        }
        if (isSocket && !nodes.isEmpty()) {
            throw new ConfigException("'" + url + "' names a host beside a unix socket. Write three slashes, such as "
                    + "'redis+unix:///run/redis.sock'");
        }
        if (!isSocket && nodes.isEmpty()) {
            throw new ConfigException("'" + url + "' names no host. Write '" + url.scheme() + "://host:port"
                    + (kind == Kind.SENTINEL ? "/service" : "") + "'");
        }
        if (kind == Kind.SERVER && nodes.size() > 1) {
            throw new ConfigException("'" + url + "' names " + nodes.size() + " hosts, but '" + url.scheme()
                    + "' is for one server. Use redis+replicas:, redis+sentinel: or redis+cluster:");
        }
        if (nodes.stream().distinct().count() < nodes.size()) {
            throw new ConfigException("'" + url + "' names a host twice. Name each once");
        }
        return List.copyOf(nodes);
    }

    private static Node node(CacheUrl url, String text, int standardPort) {
        Matcher node = NODE.matcher(text);
        int port = node.matches() && node.group(2) != null ? Integer.parseInt(node.group(2)) : standardPort;
        if (!node.matches() || port < 1 || port > 65_535) {
            throw new ConfigException("'" + text + "' in '" + url + "' must be a host with or without a port, such as "
                    + "'cache-1:6379' or '[::1]:6379'");
        }
        String host = node.group(1);
        return new Node(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static String socket(CacheUrl url) {
        if (url.path().length() < 2) {
            throw new ConfigException("'" + url + "' names no socket. Write 'redis+unix:///run/redis.sock'");
        }
        return url.path();
    }

    private static List<String> segments(String path) {
        String bare = path.startsWith("/") ? path.substring(1) : path;
        return bare.isEmpty() ? List.of() : List.of(bare.split("/", -1));
    }

    private static String service(CacheUrl url, List<String> path) {
        if (path.isEmpty() || path.get(0).isEmpty()) {
            throw new ConfigException("'" + url + "' does not say which service of the sentinels. Write "
                    + "'redis+sentinel://host:port/service'");
        }
        return path.get(0);
    }

    private static int database(CacheUrl url, Kind kind, List<String> path) {
        String given = url.parameters().text("db");
        if (given != null && !path.isEmpty()) {
            throw new ConfigException("'" + url + "' names a database twice. Keep the path or 'db'");
        }
        if (path.size() > 1) {
            throw new ConfigException("'" + url + "' goes on after the database. Write '" + url.scheme() + "://"
                    + url.hosts() + (kind == Kind.SENTINEL ? "/service" : "") + "/0'");
        }
        String text = given != null ? given : path.isEmpty() ? "0" : path.get(0);
        int database = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (database < 0) {
            throw new ConfigException((given == null ? "The database" : "'db'") + " of '" + url
                    + "' must be a number such as '0', was '" + text + "'");
        }
        if (kind == Kind.CLUSTER && database != 0) {
            throw new ConfigException(
                    "A Redis Cluster has database 0 alone, but '" + url + "' asks for '" + text + "'. Use 'namespace'");
        }
        return database;
    }

    private static Login login(CacheUrl url) {
        String user = url.user() == null || url.user().isEmpty() ? null : url.user();
        if (user != null && url.password() == null) {
            throw new ConfigException("'" + url + "' has a user without a password. Write 'user:password@', or "
                    + "':password@' for the default user");
        }
        return new Login(user, user == null && "".equals(url.password()) ? null : url.password());
    }

    private static Login sentinelLogin(CacheUrl url, Kind kind) {
        Parameters given = url.parameters();
        String user = given.text("sentinel-user");
        String password = given.text("sentinel-password");
        if ((user != null || password != null) && kind != Kind.SENTINEL) {
            throw new ConfigException("'sentinel-user' and 'sentinel-password' of '" + url
                    + "' are for redis+sentinel: alone. Leave them out");
        }
        if (user != null && password == null) {
            throw new ConfigException("'sentinel-user' of '" + url + "' is '" + user
                    + "', but there is no 'sentinel-password'. Give both");
        }
        return new Login(user, password);
    }

    private static boolean isTls(CacheUrl url, boolean isSocket) {
        Boolean given = RedisConfig.flag(url.parameters(), "tls");
        boolean inScheme = url.scheme().equals("rediss");
        if (inScheme && Boolean.FALSE.equals(given)) {
            throw new ConfigException(
                    "'tls' of '" + url + "' is 'false', but rediss: is TLS. Use redis: for plain text");
        }
        boolean isTls = inScheme || Boolean.TRUE.equals(given);
        if (isTls && isSocket) {
            throw new ConfigException("'tls' of '" + url + "' must be 'false': no TLS over a unix socket, was 'true'");
        }
        if (!isTls) {
            requireNoCertificates(url);
        }
        return isTls;
    }

    private static void requireNoCertificates(CacheUrl url) {
        for (Parameter parameter : RedisTls.PARAMETERS.parameters()) {
            if (url.parameters().text(parameter.name()) != null) {
                throw new ConfigException("'" + parameter.name() + "' of '" + url + "' is about TLS, but this would be "
                        + "plain text. Write rediss: for redis:, or add 'tls=true'");
            }
        }
    }
}
