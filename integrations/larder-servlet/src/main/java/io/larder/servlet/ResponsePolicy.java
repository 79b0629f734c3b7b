package io.larder.servlet;

import io.larder.EntryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a response says about the cache (RFC 9111, 3). */
final class ResponsePolicy {

    private static final int OK = 200;

    /** What may be kept without being told, and redirections, which the rules tell. Errors of servers are not in it. */
    private static final Set<Integer> STORABLE = Set.of(200, 203, 204, 300, 301, 302, 307, 308, 404, 405, 410, 414);

    private ResponsePolicy() {}

    /** Returns how long {@code made} may be kept, {@code most} at most; zero says not at all. */
    static Duration ttl(StoredResponse made, ResponseRules rules, boolean forOneUser, @Nullable Duration most) {
        CacheControl control = new CacheControl(made.headers("Cache-Control"));
        boolean refused = !STORABLE.contains(made.status())
                || (made.status() != OK && !rules.nonOkStored)
                || control.has("no-store", "no-cache")
                || (control.has("private") && !forOneUser)
                || made.varyNames().contains("*")
                || (!made.headers("Set-Cookie").isEmpty() && !rules.cookiesShared);
        if (refused) {
            return Duration.ZERO;
        }
        Duration own = ownTtl(made, control, forOneUser);
        Duration longest = most == null ? EntryOptions.NEVER : most;
        return own != null && own.compareTo(longest) < 0 ? own : longest;
    }

    /** Returns what the response itself says, or null. */
    private static @Nullable Duration ownTtl(StoredResponse made, CacheControl control, boolean forOneUser) {
        OptionalLong seconds = forOneUser ? OptionalLong.empty() : control.seconds("s-maxage");
        if (seconds.isEmpty()) {
            seconds = control.seconds("max-age");
        }
        if (seconds.isPresent()) {
            return Duration.ofSeconds(seconds.getAsLong());
        }
        String expires = made.header("Expires");
        if (expires == null) {
            return null;
        }
        Instant end = Preconditions.time(expires);
        long millis = end == null ? 0 : end.toEpochMilli() - made.madeAtMillis();
        return Duration.ofMillis(Math.max(0, millis));
    }
}
