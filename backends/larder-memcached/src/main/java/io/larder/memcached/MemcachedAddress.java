package io.larder.memcached;

import io.larder.ConfigException;
import io.larder.memcached.client.Credentials;
import io.larder.memcached.client.ServerAddress;
import io.larder.memcached.client.WeightedServer;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers of one URL are, and who asks them. Immutable.
 *
 * @param servers in the order of the URL, which matters for {@code hash=modulo}
 */
record MemcachedAddress(
        List<WeightedServer> servers, @Nullable Credentials login, boolean isTls) {

    private static final Pattern SERVER =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:*@\\s]+)(?::(\\d{1,5}))?(?:\\*(\\d{1,4}))?");

    static MemcachedAddress of(CacheUrl url) {
        boolean isTls = url.scheme().equals("memcacheds");
        if (!isTls) {
            for (Parameter parameter : MemcachedTls.PARAMETERS.parameters()) {
                if (url.parameters().text(parameter.name()) != null) {
                    throw new ConfigException("'" + parameter.name() + "' of '" + url
                            + "' is about TLS, but this would be plain text. Write memcacheds: for memcached:");
                }
            }
        }
        return new MemcachedAddress(
                url.scheme().equals("memcached+unix") ? List.of(socket(url)) : hosts(url), login(url), isTls);
    }

    private static WeightedServer socket(CacheUrl url) {
        if (!url.hosts().isEmpty()) {
            throw new ConfigException("'" + url + "' names a host beside a unix socket. Write three slashes, such as "
                    + "'memcached+unix:///run/memcached.sock'");
        }
        if (url.path().length() < 2) {
            throw new ConfigException("'" + url + "' names no socket. Write 'memcached+unix:///run/memcached.sock'");
        }
        return new WeightedServer(ServerAddress.unix(Path.of(url.path())), 1);
    }

    private static List<WeightedServer> hosts(CacheUrl url) {
        if (url.path().length() > 1) {
            throw new ConfigException("'" + url + "' goes on after the servers. Write '" + url.scheme() + "://"
                    + url.hosts() + "'; to keep applications apart, use 'namespace'");
        }
        List<WeightedServer> servers = new ArrayList<>();
        for (String text : url.hosts().isEmpty() ? new String[0] : url.hosts().split(",", -1)) {
            servers.add(server(url, text));
        }
        if (servers.isEmpty()) {
            throw new ConfigException("'" + url + "' names no host. Write '" + url.scheme() + "://host:port'");
        }
        if (servers.stream().map(WeightedServer::address).distinct().count() < servers.size()) {
            throw new ConfigException("'" + url + "' names a server twice. Name each once, with a weight such as "
                    + "'cache-1:11211*2' if it is to have more keys");
        }
        return List.copyOf(servers);
    }

    private static WeightedServer server(CacheUrl url, String text) {
        Matcher server = SERVER.matcher(text);
        try {
            if (server.matches()) {
                String host = server.group(1);
                return new WeightedServer(
                        ServerAddress.tcp(
                                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                                server.group(2) == null
                                        ? ServerAddress.PORT_DEFAULT
                                        : Integer.parseInt(server.group(2))),
                        server.group(3) == null ? 1 : Integer.parseInt(server.group(3)));
            }
        } catch (IllegalArgumentException outOfRange) {
            throw refused(url, text, outOfRange);
        }
        throw refused(url, text, null);
    }

    private static ConfigException refused(CacheUrl url, String text, @Nullable IllegalArgumentException why) {
        String message = "'" + text + "' in '" + url + "' must be a host with or without port (1 to 65535) and weight "
                + "(1 to 1000), such as 'cache-1:11211', '[::1]:11211' or 'cache-1:11211*3'";
        return why == null ? new ConfigException(message) : new ConfigException(message, why);
    }

    private static @Nullable Credentials login(CacheUrl url) {
        String user = url.user();
        String password = url.password();
        if (user == null) {
            return null;
        }
        if (password == null) {
            throw new ConfigException("'" + url + "' has a user without a password. Write 'user:password@'");
        }
        try {
            return new Credentials(user, password);
        } catch (IllegalArgumentException why) {
            throw new ConfigException("Login of '" + url + "': " + why.getMessage(), why);
        }
    }

    /** Returns what messages call all servers together, such as "cache-1:11211, cache-2:11211". */
    @Override
    public String toString() {
        return String.join(
                ", ",
                servers.stream().map(server -> server.address().toString()).toList());
    }
}
