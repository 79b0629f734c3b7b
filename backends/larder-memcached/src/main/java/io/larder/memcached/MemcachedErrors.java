package io.larder.memcached;

import io.larder.BackendException;
import io.larder.memcached.client.ConnectionLostException;
import io.larder.memcached.client.MemcachedException;
import io.larder.memcached.client.NoReplyException;
import io.larder.memcached.client.PoisonedConnectionException;
import io.larder.memcached.client.ServerAddress;
import io.larder.memcached.client.ServerErrorException;
import io.larder.memcached.client.TooManyCallsException;
import io.larder.memcached.client.UnreachableException;
import io.larder.url.Units;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in Larder's words what the client, the JDK or a server meant. Thread-safe.
 *
 * <p>A message names the server with its port and never repeats a password, a key or a value.
 */
final class MemcachedErrors {

    private static final int CAUSES_MAX = 32;

    private final boolean isTls;
    private final Duration connectTimeout;
    private final Duration timeout;

    MemcachedErrors(boolean isTls, Duration connectTimeout, Duration timeout) {
        this.isTls = isTls;
        this.connectTimeout = connectTimeout;
        this.timeout = timeout;
    }

    BackendException explain(ServerAddress server, Throwable failure) {
        String name = "memcached at " + server;
        List<Throwable> causes = Stream.iterate(failure, Throwable::getCause)
                .takeWhile(cause -> cause != null)
                .limit(CAUSES_MAX)
                .toList();
        return Stream.of(
                        handshake(name, causes, failure),
                        network(name, causes, failure),
                        greeting(name, causes, failure),
                        refusal(name, causes, failure),
                        call(name, causes, failure))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseGet(() -> BackendException.lasting(name + " failed: " + last(causes), failure));
    }

    private static @Nullable BackendException refusal(String name, List<Throwable> causes, Throwable failure) {
        ServerErrorException refused = first(causes, ServerErrorException.class);
        if (refused == null) {
            return null;
        }
        if (refused.tooLarge()) {
            return BackendException.lasting(
                    name + " keeps no item that large ('" + refused.said()
                            + "'). Start it with a higher limit (-I), or split values with 'chunk=true'",
                    failure);
        }
        if (refused.said().startsWith("out of memory")) {
            return BackendException.passing(
                    name + " has no memory left for it ('" + refused.said()
                            + "'). Give it more (-m), or start it without -M so that it evicts",
                    failure);
        }
        if (refused.said().startsWith("BUSY")) {
            return BackendException.passing(
                    name + " lists its items for another program, and for one at a time. Try again later", failure);
        }
        String said = (refused.kind() + " " + refused.said()).strip();
        return BackendException.lasting(
                name + " refused a command: '" + said + "'. Check that it is memcached 1.6 or later, with lru_crawler",
                failure);
    }

    private static @Nullable BackendException handshake(String name, List<Throwable> causes, Throwable failure) {
        if (first(causes, NotSslRecordException.class) != null) {
            return BackendException.lasting(
                    name
                            + " did not answer in TLS. Use memcached: in place of memcacheds:, or the port that speaks TLS",
                    failure);
        }
        if (says(causes, "No subject alternative|No name matching|doesn't match|not match")) {
            return BackendException.lasting(
                    name + " showed a certificate for another host (" + last(causes)
                            + "). Use a host name of the certificate, or 'verify=ca' if its authority signs for your "
                            + "servers alone",
                    failure);
        }
        if (says(causes, "certification path|PKIX|trustAnchors")) {
            return BackendException.lasting(
                    name
                            + " showed a certificate that no known authority signed, or one that has expired. Name the PEM "
                            + "file of its authority with 'ca'",
                    failure);
        }
        if (says(causes, "(certificate_required|bad_certificate|unknown_ca|certificate_unknown)")) {
            return BackendException.lasting(
                    name
                            + " did not accept the client's certificate. Give one that its authority signed, with 'cert' and "
                            + "'key'",
                    failure);
        }
        SSLException tls = first(causes, SSLException.class);
        return tls == null
                ? null
                : BackendException.lasting(
                        name + " and Larder could not agree on TLS: " + tls.getMessage()
                                + ". Check that the port speaks TLS, its versions and ciphers, and whether it wants a 'cert'",
                        failure);
    }

    private @Nullable BackendException network(String name, List<Throwable> causes, Throwable failure) {
        if (first(causes, UnknownHostException.class) != null) {
            return BackendException.passing(name + " cannot be found: no such host. Check the name and DNS", failure);
        }
        if (says(causes, "No such file or directory")) {
            return BackendException.passing(
                    name + " cannot be reached: there is no such socket. Check its path and '-s' of the server",
                    failure);
        }
        if (says(causes, "Permission denied")) {
            return BackendException.lasting(
                    name + " cannot be reached: no permission. Check the access mask ('-a') of the server's socket",
                    failure);
        }
        if (first(causes, ConnectTimeoutException.class) != null || says(causes, "no greeting within")) {
            return BackendException.passing(
                    name + " did not let us in within " + Units.text(connectTimeout) + ". Check host, port and firewall"
                            + (isTls ? ", and that this port speaks TLS" : ", and that this is memcached, without TLS")
                            + ", or raise 'connect-timeout'",
                    failure);
        }
        if (says(causes, "Connection refused")) {
            return BackendException.passing(
                    name + " refused the connection: nothing listens there. Check host and port, and that it runs",
                    failure);
        }
        return null;
    }

    /** The client has explained these already. */
    private static @Nullable BackendException greeting(String name, List<Throwable> causes, Throwable failure) {
        for (Throwable cause : causes) {
            String said = String.valueOf(cause.getMessage());
            if (!(cause instanceof IllegalStateException)) {
                continue;
            }
            if (said.startsWith("the server asks for a user") || said.startsWith("the server refused user")) {
                return BackendException.lasting(
                        name + ": " + said + ". Check 'user:password@' in the URL, and the file of users", failure);
            }
            if (said.startsWith("the server closed the connection at the greeting")
                    || said.startsWith("the connection ended at once")) {
                return BackendException.passing(name + ": " + said, failure);
            }
            if (said.startsWith("the client")) {
                return BackendException.lasting(
                        name + " was closed by this program. Do not use a cache after that", failure);
            }
            if (said.startsWith("the server is memcached")) {
                return BackendException.lasting(name + ": " + said, failure);
            }
        }
        return null;
    }

    private @Nullable BackendException call(String name, List<Throwable> causes, Throwable failure) {
        if (failure instanceof TooManyCallsException) {
            return BackendException.passing(
                    name
                            + " is behind: too many calls wait for an answer. Look at the server's load, or ask for less at "
                            + "once",
                    failure);
        }
        if (failure instanceof NoReplyException) {
            return BackendException.passing(
                    name + " did not answer within " + Units.text(timeout)
                            + ". Raise 'timeout', or look at the server's load and the network",
                    failure);
        }
        if (failure instanceof UnreachableException && says(causes, "no reply within")) {
            return BackendException.passing(
                    name + " did not answer within " + Units.text(timeout)
                            + ", and is tried now and then. Look at the server's load and the network",
                    failure);
        }
        if (failure instanceof ConnectionLostException) {
            return BackendException.passing(
                    name
                            + " closed the connection, or hung, before it answered. Whether a write was done is not known; "
                            + "look at the server's log",
                    failure);
        }
        if (failure instanceof PoisonedConnectionException || first(failure) instanceof PoisonedConnectionException) {
            return BackendException.passing(
                    name + " did not answer as memcached does. Check that the port is that of a memcached 1.6 or later",
                    failure);
        }
        return failure instanceof MemcachedException
                ? BackendException.passing(name + " cannot be used: " + last(causes), failure)
                : null;
    }

    private static @Nullable Throwable first(Throwable failure) {
        return failure.getCause();
    }

    private static boolean says(List<Throwable> causes, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return causes.stream()
                .anyMatch(cause -> cause.getMessage() != null
                        && wanted.matcher(cause.getMessage()).find());
    }

    private static <T extends Throwable> @Nullable T first(List<Throwable> causes, Class<T> type) {
        return causes.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static String last(List<Throwable> causes) {
        return String.valueOf(causes.get(causes.size() - 1).getMessage());
    }
}
