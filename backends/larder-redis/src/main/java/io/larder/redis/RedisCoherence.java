package io.larder.redis;

import io.larder.BackendException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How near tiers in front of Redis learn what other programs change. Immutable.
 *
 * @param by what tells them
 * @param heartBeat how long a change may stay untold at most, when the way on which it is told is cut without a sign; it is tested
 *     twice in this time
 */
public record RedisCoherence(By by, Duration heartBeat) {

    private static final Duration HEART_BEAT_MIN = Duration.ofMillis(50);

    /** What a URL without parameters stands for. */
    public static final RedisCoherence STANDARD = new RedisCoherence(By.AUTO, Duration.ofSeconds(1));

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter(
                    "coherence",
                    "auto, tracking, bus or none",
                    "auto",
                    "What tells a tier in front of Redis of changes elsewhere; auto is tracking where the server can."),
            new Parameter(
                    "heart-beat",
                    "duration such as '1s'",
                    "1s",
                    "How long a change may stay untold when a connection dies without a sign.")));

    /** What tells. */
    public enum By {
        /** The server where it can; else nobody, and near tiers keep copies for their {@code near-ttl}. */
        AUTO,
        /** The server, by CLIENT TRACKING; near tiers are not used where it cannot. */
        TRACKING,
        /** Each program, of its own changes; it has to be said on the URL of every program that changes something. */
        BUS,
        /** Nobody; near tiers keep copies for their {@code near-ttl}. */
        NONE
    }

    /** Refuses what cannot work. */
    public RedisCoherence {
        RedisLink.requireBetween("heart-beat", heartBeat, HEART_BEAT_MIN, RedisLink.TIMER_MAX);
    }

    /** Returns this, changed by what {@code url} says. */
    RedisCoherence with(CacheUrl url) {
        Parameters given = url.parameters();
        By by = choice(given.oneOf("coherence", List.of("auto", "tracking", "bus", "none")));
        Duration heartBeat = given.duration("heart-beat");
        return new RedisCoherence(by == null ? this.by : by, heartBeat == null ? this.heartBeat : heartBeat);
    }

    /** Whether near tiers may do without. */
    boolean isOptional() {
        return by == By.AUTO;
    }

    /** Says that {@code how} is refused, and what that means. */
    BackendException refusal(String how, RuntimeException cause) {
        return BackendException.lasting(
                "Cannot follow what changes by " + how + ": " + cause.getMessage() + ". Near tiers "
                        + (isOptional()
                                ? "keep copies for their 'near-ttl' instead; 'coherence=none' says that this is meant"
                                : "are not used; 'coherence=none' lets them keep copies for their 'near-ttl'"),
                cause);
    }

    private static @Nullable By choice(@Nullable String name) {
        return name == null ? null : By.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
