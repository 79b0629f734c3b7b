package io.larder.redis;

import io.larder.BackendException;
import io.larder.LarderException;
import io.larder.url.Units;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.PartitionSelectorException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in Larder's words what Lettuce, Netty, the JDK or a server meant. Thread-safe.
 *
 * <p>A message names the servers with their ports and never repeats a password, a key or a value.
 */
final class RedisErrors {

    /** Failures wrap each other and hang on to those that came before; beyond this many nobody looks. */
    private static final int CHAIN_MAX = 64;

    private static final String LOST =
            "Connection reset|Connection (closed|disconnected)|Broken pipe|Connection closed prematurely"
                    + "|RedisHandshakeHandler not registered";
    private static final Pattern REMOTE = Pattern.compile("(?:[\\w.-]*/)?([\\w.:\\[\\]-]+:\\d{1,5})");

    private final RedisAddress address;
    private final Duration connectTimeout;
    private final Duration timeout;
    /** Why the last attempt to connect again failed, or null while the connections stand. */
    private volatile @Nullable Throwable outage;

    RedisErrors(RedisAddress address, Duration connectTimeout, Duration timeout) {
        this.address = address;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
    }

    /** Keeps why there is no connection at the moment, for those who are turned away; null when there is one again. */
    void outage(@Nullable Throwable cause) {
        outage = cause;
    }

    /** Whether an attempt to connect failed without telling why. */
    static boolean isWithoutReason(Throwable failure) {
        return first(chain(failure), ConnectionGuard.LostException.class) != null
                || chain(failure).stream()
                        .anyMatch(says("RedisHandshakeHandler not registered|Connection closed prematurely"
                                + "|Currently not connected"));
    }

    RuntimeException explain(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable each : chain) {
            if (each instanceof LarderException known) {
                return known;
            }
        }
        String name = name(chain);
        BackendException explained = reply(name, chain, failure);
        explained = explained == null ? handshake(name, chain, failure) : explained;
        explained = explained == null ? network(name, chain, failure) : explained;
        explained = explained == null ? client(name, chain, failure) : explained;
        return explained == null
                ? BackendException.lasting(
                        name + " failed: " + ServerReplies.withoutEcho(String.valueOf(last(chain))), failure)
                : explained;
    }

    private @Nullable BackendException reply(String name, List<Throwable> chain, Throwable failure) {
        for (Throwable each : chain) {
            if (each instanceof RedisException && each.getMessage() != null) {
                String asked = isOfSentinel(chain) ? "A sentinel of " + name : name;
                BackendException explained = ServerReplies.explain(address, asked, each.getMessage(), failure);
                if (explained != null) {
                    return isOfSentinel(chain) && each.getMessage().matches("(?s)(NOAUTH|WRONGPASS|ERR AUTH).*")
                            ? BackendException.lasting(
                                    asked + " refused the login ('" + ServerReplies.withoutEcho(each.getMessage())
                                            + "'). Check 'sentinel-user' and 'sentinel-password'; the user before '@' is "
                                            + "for the nodes that hold data",
                                    failure)
                            : explained;
                }
            }
        }
        RedisCommandExecutionException refusal = first(chain, RedisCommandExecutionException.class);
        return refusal == null
                ? null
                : BackendException.lasting(
                        name + " refused a command: '" + ServerReplies.withoutEcho(String.valueOf(refusal.getMessage()))
                                + "'",
                        failure);
    }

    private static boolean isOfSentinel(List<Throwable> chain) {
        return chain.stream().anyMatch(says("Cannot connect Redis Sentinel at"));
    }

    private @Nullable BackendException handshake(String name, List<Throwable> chain, Throwable failure) {
        if (first(chain, NotSslRecordException.class) != null) {
            return BackendException.lasting(
                    name
                            + " does not speak TLS at this port. Name its 'tls-port', or use plain text: redis: in place of "
                            + "rediss:, no 'tls=true'",
                    failure);
        }
        if (chain.stream().anyMatch(says("No subject alternative|No name matching"))) {
            return BackendException.lasting(
                    name + " showed a certificate for another host (" + last(chain, CertificateException.class)
                            + "). Use a host name of the certificate, or 'verify=ca' if its authority signs for your "
                            + "servers alone",
                    failure);
        }
        if (chain.stream().anyMatch(says("certification path|PKIX|trustAnchors"))) {
            return BackendException.lasting(
                    name
                            + " showed a certificate that no known authority signed, or one that has expired. Name the PEM "
                            + "file of its authority with 'ca'",
                    failure);
        }
        if (chain.stream().anyMatch(says("(certificate_required|bad_certificate|unknown_ca|certificate_unknown)"))) {
            return BackendException.lasting(
                    name
                            + " did not accept the client's certificate. Give one that its authority signed, with 'cert' and "
                            + "'key'",
                    failure);
        }
        SSLException tls = first(chain, SSLException.class);
        return tls == null
                ? null
                : BackendException.lasting(
                        name + " and Larder could not agree on TLS: " + tls.getMessage()
                                + ". Check that the port speaks TLS, and its versions and ciphers",
                        failure);
    }

    private @Nullable BackendException network(String name, List<Throwable> chain, Throwable failure) {
        if (first(chain, UnknownHostException.class) != null) {
            return BackendException.passing(name + " cannot be found: no such host. Check the name and DNS", failure);
        }
        if (first(chain, FileNotFoundException.class) != null
                || chain.stream().anyMatch(says("No such file or directory"))) {
            return BackendException.passing(
                    name + " cannot be reached: there is no such socket. Check its path and 'unixsocket' of the server",
                    failure);
        }
        if (chain.stream().anyMatch(says("Permission denied"))) {
            return BackendException.lasting(
                    name + " cannot be reached: no permission. Check 'unixsocketperm' of the server", failure);
        }
        if (first(chain, ConnectTimeoutException.class) != null
                || chain.stream().anyMatch(says("Connection initialization timed out|Timeout after"))) {
            return BackendException.passing(
                    name + " did not let us in within " + Units.text(connectTimeout)
                            + ". Check host, port and firewall"
                            + (address.isTls() ? ", and that this port speaks TLS" : "")
                            + ", or raise 'connect-timeout'",
                    failure);
        }
        if (chain.stream().anyMatch(says("Connection refused"))) {
            return BackendException.passing(
                    name + " refused the connection: nothing listens there. Check host and port, and that it runs",
                    failure);
        }
        if (first(chain, ConnectionGuard.LostException.class) == null
                && first(chain, SocketException.class) == null
                && chain.stream().noneMatch(says(LOST))) {
            return null;
        }
        if (first(chain, RedisConnectionException.class) == null) {
            return BackendException.passing(
                    name
                            + " closed the connection, or hung, before it answered. Whether a write was done is not known; "
                            + "look at the server's log",
                    failure);
        }
        return BackendException.passing(
                name + " closed the connection before it let us in. "
                        + (address.isTls()
                                ? "Check that this port speaks TLS, and whether it wants a 'cert'"
                                : "If this port speaks TLS, use rediss: or 'tls=true'"),
                failure);
    }

    private @Nullable BackendException client(String name, List<Throwable> chain, Throwable failure) {
        if (chain.stream().anyMatch(says("Currently not connected"))) {
            Throwable cause = outage;
            if (cause == null) {
                return BackendException.passing(name + " is not connected at the moment. It is tried again", failure);
            }
            return BackendException.passing(explain(cause).getMessage() + " (it is tried again)", cause);
        }
        if (first(chain, RedisCommandTimeoutException.class) != null
                || first(chain, CancellationException.class) != null) {
            return BackendException.passing(
                    name + " did not answer within " + Units.text(timeout)
                            + ". Raise 'timeout', or look at the server's load and the network",
                    failure);
        }
        if (chain.stream().anyMatch(says("requires epoll or kqueue"))) {
            return BackendException.lasting(
                    name + " cannot be reached: no native transport of Netty for this platform is loaded. Add "
                            + "io.netty:netty-transport-native-epoll or -kqueue with its classifier; on the module path also "
                            + "'--add-modules', as the README of larder-redis says",
                    failure);
        }
        if (chain.stream().anyMatch(says("(queue|buffer|stack) size exceeded"))) {
            return BackendException.passing(
                    name + " is behind: more than " + Clients.CALLS_MAX
                            + " calls wait for an answer. Look at the server's load, or ask for less at once",
                    failure);
        }
        if (first(chain, PartitionSelectorException.class) != null) {
            return BackendException.passing(
                    name + " has no node for some slots. Look at CLUSTER SLOTS on any of its nodes", failure);
        }
        if (chain.stream().anyMatch(says("Connection is closed|Event executor group is terminated|shut ?down"))) {
            return BackendException.lasting(
                    name + " was closed by this program. Do not use a cache after that", failure);
        }
        return null;
    }

    /** Returns the address, and the node among several, if somebody names one. */
    private String name(List<Throwable> chain) {
        String name = address.name();
        for (Throwable each : chain) {
            Matcher remote = REMOTE.matcher(String.valueOf(each.getMessage()));
            if (each instanceof ConnectException && remote.find() && !name.contains(remote.group(1))) {
                return name + " (now " + remote.group(1) + ")";
            }
        }
        return name;
    }

    /** Returns the failure, its causes and what they suppressed, outermost first, each once. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty() && chain.size() < CHAIN_MAX) {
            Throwable next = open.remove();
            if (chain.contains(next)) {
                continue;
            }
            chain.add(next);
            Throwable cause = next.getCause();
            if (cause != null) {
                open.add(cause);
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return chain;
    }

    private static <T extends Throwable> @Nullable T first(List<Throwable> chain, Class<T> type) {
        return chain.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static String last(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream()
                .filter(type::isInstance)
                .map(each -> String.valueOf(each.getMessage()))
                .reduce((before, after) -> after)
                .orElse("wrong name");
    }

    private static Throwable last(List<Throwable> chain) {
        return chain.get(chain.size() - 1);
    }

    private static Predicate<Throwable> says(String pattern) {
        Predicate<String> found = Pattern.compile(pattern).asPredicate();
        return each -> each.getMessage() != null && found.test(each.getMessage());
    }
}
