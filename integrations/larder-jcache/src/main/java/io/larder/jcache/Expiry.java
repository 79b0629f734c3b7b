package io.larder.jcache;

import io.larder.EntryOptions;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** What an {@link ExpiryPolicy} says, as durations of Larder's; a policy that fails says nothing. Thread-safe as the policy is. */
final class Expiry {

    /** The policies of JCache that give every value that is put the same ttl. */
    private static final Set<Class<?>> STEADY =
            Set.of(EternalExpiryPolicy.class, ModifiedExpiryPolicy.class, TouchedExpiryPolicy.class);

    private final ExpiryPolicy policy;
    private final boolean steady;

    Expiry(ExpiryPolicy policy) {
        this.policy = policy;
        this.steady = STEADY.contains(policy.getClass()) && !forCreation().isZero();
    }

    /** Returns whether a put stores its value with {@link #forCreation}, whether there was an entry or not. */
    boolean isSteady() {
        return steady;
    }

    ExpiryPolicy policy() {
        return policy;
    }

    /** Returns the ttl of a new entry; zero means that it is not to be stored. */
    Duration forCreation() {
        Duration asked = asked(policy::getExpiryForCreation);
        return asked == null ? EntryOptions.NEVER : asked;
    }

    /** Returns the ttl of a value in place of another, or null to leave the deadline. */
    @Nullable
    Duration forUpdate() {
        return asked(policy::getExpiryForUpdate);
    }

    /** Returns the ttl of an entry that was read, or null to leave the deadline. */
    @Nullable
    Duration forAccess() {
        return asked(policy::getExpiryForAccess);
    }

    private static @Nullable Duration asked(Supplier<javax.cache.expiry.@Nullable Duration> question) {
        javax.cache.expiry.Duration answer;
        try {
            answer = question.get();
        } catch (RuntimeException e) {
            return null;
        }
        if (answer == null) {
            return null;
        }
        return answer.isEternal()
                ? EntryOptions.NEVER
                : Duration.ofMillis(answer.getTimeUnit().toMillis(answer.getDurationAmount()));
    }
}
