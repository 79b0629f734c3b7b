package io.larder.redis;

import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.Units;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How connections to Redis are made and kept. Immutable.
 *
 * @param connectTimeout for reaching a node and logging in
 * @param keepAlive how long a connection is silent before the system asks the other side for a sign of life, or
 *     {@link EntryOptions#NEVER}
 * @param clientName how the connections are called in {@code CLIENT LIST}
 * @param connections how many there are to each node; they are shared, and a key always takes the same one
 * @param reconnectMax the longest pause between two attempts to connect again; the first one is {@value #RECONNECT_MILLIS_MIN} ms
 */
public record RedisLink(
        Duration connectTimeout, Duration keepAlive, String clientName, int connections, Duration reconnectMax) {

    /** The shortest pause before connecting again. */
    static final int RECONNECT_MILLIS_MIN = 10;
    /** More would only take memory at the server: one connection carries hundreds of thousands of calls a second. */
    static final int CONNECTIONS_MAX = 64;
    /** Longer than anybody waits for a server. */
    static final Duration TIMER_MAX = Duration.ofDays(1);

    private static final Pattern NAME = Pattern.compile("[!-~]+");
    private static final Duration KEEP_ALIVE_MIN = Duration.ofSeconds(3);

    /** What a URL without parameters stands for. */
    public static final RedisLink STANDARD =
            new RedisLink(Duration.ofSeconds(2), Duration.ofSeconds(30), "larder", 1, Duration.ofSeconds(1));

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter("connect-timeout", "duration such as '2s'", "2s", "For reaching a node and logging in."),
            new Parameter(
                    "keep-alive",
                    "duration such as '30s', or 'never'",
                    "30s",
                    "Silence after which the system probes a connection."),
            new Parameter("client-name", "text without spaces", "larder", "Name of the connections in CLIENT LIST."),
            new Parameter("reconnect-max", "duration such as '1s'", "1s", "Longest pause before connecting again.")));

    /** Refuses what cannot work. */
    public RedisLink {
        requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), TIMER_MAX);
        if (!keepAlive.equals(EntryOptions.NEVER)) {
            requireBetween("keep-alive", keepAlive, KEEP_ALIVE_MIN, TIMER_MAX);
        }
        requireBetween("reconnect-max", reconnectMax, Duration.ofMillis(RECONNECT_MILLIS_MIN), TIMER_MAX);
        if (!NAME.matcher(clientName).matches()) {
            throw new ConfigException("'client-name' must be printable ASCII without spaces, was '" + clientName + "'");
        }
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new ConfigException(
                    "'connections' must be from 1 to " + CONNECTIONS_MAX + ", was '" + connections + "'");
        }
    }

    /** Returns this, changed by what {@code url} says. */
    RedisLink with(CacheUrl url) {
        Parameters given = url.parameters();
        Duration connectTimeout = given.duration("connect-timeout");
        Duration keepAlive = given.duration("keep-alive");
        String clientName = given.text("client-name");
        Duration reconnectMax = given.duration("reconnect-max");
        return new RedisLink(
                connectTimeout == null ? this.connectTimeout : connectTimeout,
                keepAlive == null ? this.keepAlive : keepAlive,
                clientName == null ? this.clientName : clientName,
                Math.toIntExact(Math.min(given.count("connections", connections), Integer.MAX_VALUE)),
                reconnectMax == null ? this.reconnectMax : reconnectMax);
    }

    static void requireBetween(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new ConfigException("'" + name + "' must be from " + Units.text(min) + " to " + Units.text(max)
                    + ", was '" + Units.text(value) + "'");
        }
    }
}
