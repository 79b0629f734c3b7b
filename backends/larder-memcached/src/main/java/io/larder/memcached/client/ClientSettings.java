package io.larder.memcached.client;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client behaves. Immutable.
 *
 * @param connectTimeout limit of one attempt, with TLS, login and greeting
 * @param replyTimeout how long a connection may owe an answer without any progress, before it is given up; may be overstepped by a quarter
 * @param backoffMin about how long nobody tries to connect after a first failure
 * @param backoffMax the same after many
 * @param callsMax calls that may wait for one server
 * @param bytesMax bytes of requests that may wait for one server
 * @param valueBytesMax longest value that is believed
 * @param writesMax writes that may be under way on one connection; a call beyond them waits, and leaves together with others
 * @param credentials null for a server that asks for none
 * @param tls null for none
 */
public record ClientSettings(
        Duration connectTimeout,
        Duration replyTimeout,
        Duration backoffMin,
        Duration backoffMax,
        int callsMax,
        long bytesMax,
        int valueBytesMax,
        int writesMax,
        @Nullable Credentials credentials,
        @Nullable SslContext tls) {

    private static final int CALLS_MIN = 8;
    private static final int CALLS_MAX = 65_536;
    private static final long BYTES_MAX = 64L << 20;
    private static final int VALUE_BYTES_MAX = 128 << 20;
    private static final int WRITES_MAX = 2;

    /** Settings that suit a server nearby. */
    public static final ClientSettings DEFAULT = new ClientSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            CALLS_MAX,
            BYTES_MAX,
            VALUE_BYTES_MAX,
            WRITES_MAX,
            null,
            null);

    /** Checks every limit. */
    public ClientSettings {
        positive("connectTimeout", connectTimeout.toMillis());
        positive("replyTimeout", replyTimeout.toMillis());
        positive("backoffMin", backoffMin.toMillis());
        positive("bytesMax", bytesMax);
        positive("valueBytesMax", valueBytesMax);
        positive("writesMax", writesMax);
        if (callsMax < CALLS_MIN) {
            throw new IllegalArgumentException(
                    "callsMax must be at least " + CALLS_MIN + ", for the greeting of a connection, was " + callsMax);
        }
        if (backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException(
                    "backoffMax must be at least backoffMin, was " + backoffMax.toMillis() + " ms");
        }
    }

    private static void positive(String name, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be positive (times at least 1 ms), was " + number);
        }
    }

    /** Returns these settings with other timeouts. */
    public ClientSettings withTimeouts(Duration connect, Duration reply) {
        return new ClientSettings(
                connect, reply, backoffMin, backoffMax, callsMax, bytesMax, valueBytesMax, writesMax, credentials, tls);
    }

    /** Returns these settings with other pauses between attempts to connect. */
    public ClientSettings withBackoff(Duration min, Duration max) {
        return new ClientSettings(
                connectTimeout, replyTimeout, min, max, callsMax, bytesMax, valueBytesMax, writesMax, credentials, tls);
    }

    /** Returns these settings with other limits of what may wait. */
    public ClientSettings withLimits(int calls, long bytes, int valueBytes, int writes) {
        return new ClientSettings(
                connectTimeout,
                replyTimeout,
                backoffMin,
                backoffMax,
                calls,
                bytes,
                valueBytes,
                writes,
                credentials,
                tls);
    }

    /** Returns these settings with a login. */
    public ClientSettings withCredentials(Credentials login) {
        return new ClientSettings(
                connectTimeout,
                replyTimeout,
                backoffMin,
                backoffMax,
                callsMax,
                bytesMax,
                valueBytesMax,
                writesMax,
                login,
                tls);
    }

    /** Returns these settings with TLS. */
    public ClientSettings withTls(SslContext context) {
        return new ClientSettings(
                connectTimeout,
                replyTimeout,
                backoffMin,
                backoffMax,
                callsMax,
                bytesMax,
                valueBytesMax,
                writesMax,
                credentials,
                context);
    }
}
