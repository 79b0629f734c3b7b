package io.larder.servlet;

import io.larder.EntryOptions;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which responses are stored, under which keys and for how long. Immutable. */
public final class ResponseRules {

    /** What the standard of HTTP lets everybody store, for the ttl of the cache. */
    public static final ResponseRules DEFAULT = builder().build();

    private static final int BYTES_MAX = 1 << 20;

    /** Whose requests are answered from the cache. */
    enum Users {
        NOBODYS,
        EACH_THEIR_OWN,
        SHARED
    }

    final EntryOptions options;
    final String prefix;
    final int version;
    final Set<String> vary;
    final Set<String> methods;
    final RequestKey key;
    final Users users;
    final boolean nonOkStored;
    final boolean cookiesShared;
    final boolean clientsReload;
    final int bytesMax;

    private ResponseRules(Builder told) {
        // A stale response would be renewed in the background, where no request is at hand.
        options = new EntryOptions(told.ttl, Duration.ZERO, null, null, told.tags);
        prefix = told.prefix;
        version = told.version;
        vary = Collections.unmodifiableSet(new TreeSet<>(told.vary));
        methods = Collections.unmodifiableSet(new TreeSet<>(told.methods));
        key = told.key;
        users = told.users;
        nonOkStored = told.nonOkStored;
        cookiesShared = told.cookiesShared;
        clientsReload = told.clientsReload;
        bytesMax = told.bytesMax;
    }

    /** Returns a builder that begins with {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the methods whose responses are stored. */
    public Set<String> methods() {
        return methods;
    }

    /** Collects rules. Confined to one thread. */
    public static final class Builder {

        private @Nullable Duration ttl;
        private Set<String> tags = Set.of();
        private String prefix = "";
        private int version = 1;
        private Set<String> vary = new TreeSet<>();
        private Set<String> methods = Set.of("GET", "HEAD");
        private RequestKey key = RequestKey.URL;
        private Users users = Users.NOBODYS;
        private boolean nonOkStored;
        private boolean cookiesShared;
        private boolean clientsReload = true;
        private int bytesMax = BYTES_MAX;

        private Builder() {}

        /** Sets what an annotation says, and nothing that it leaves unset; {@code keys} makes its key. */
        public Builder annotated(CachedResponse said, Function<Class<? extends RequestKey>, RequestKey> keys) {
            if (said.perUser() && said.shareUsers()) {
                throw new IllegalArgumentException("perUser and shareUsers say the opposite. Take one of them");
            }
            for (String tag : said.tags()) {
                if (tag.indexOf('{') >= 0) {
                    throw new IllegalArgumentException("tags stand for themselves, was '" + tag
                            + "'. Let the handler add those of one request by ResponseCache.TAGS");
                }
            }
            set(!said.ttl().isEmpty(), () -> ttl(Units.duration("ttl", said.ttl())));
            set(!said.keyPrefix().isEmpty(), () -> keyPrefix(said.keyPrefix()));
            set(said.version() != 0, () -> version(said.version()));
            set(said.vary().length > 0, () -> addVary(said.vary()));
            set(said.tags().length > 0, () -> tags(said.tags()));
            set(said.methods().length > 0, () -> methods(said.methods()));
            set(said.key() != RequestKey.class, () -> key(keys.apply(said.key())));
            set(said.cacheNonOk(), this::cacheNonOk);
            set(said.perUser(), this::perUser);
            set(said.shareUsers(), this::shareUsers);
            set(said.shareCookies(), this::shareCookies);
            set(said.ignoreClientReloads(), this::ignoreClientReloads);
            set(said.bytesMax() != -1, () -> bytesMax(said.bytesMax()));
            return this;
        }

        private static void set(boolean said, Runnable setter) {
            if (said) {
                setter.run();
            }
        }

        /** Sets how long a response is kept at most; the cache's ttl at first. One that says less itself is kept for that. */
        public Builder ttl(Duration ttl) {
            if (ttl.isZero() || ttl.isNegative()) {
                throw new IllegalArgumentException("ttl must be positive, was " + Units.text(ttl));
            }
            this.ttl = ttl;
            return this;
        }

        /** Sets tags of every response; a handler adds its own by {@link ResponseCache#TAGS}. */
        public Builder tags(String... tags) {
            this.tags = Set.of(tags);
            return this;
        }

        /** Sets what keys begin with, to tell these responses from others in the same cache; without a colon. */
        public Builder keyPrefix(String prefix) {
            if (prefix.indexOf(':') >= 0) {
                throw new IllegalArgumentException("keyPrefix must have no colon, was '" + prefix + "'");
            }
            this.prefix = prefix;
            return this;
        }

        /** Sets the version of what handlers write; another version starts empty. */
        public Builder version(int version) {
            this.version = version;
            return this;
        }

        /** Sets request headers that responses differ by; what a response's {@code Vary} names beyond them counts, too. */
        public Builder vary(String... headers) {
            vary = new TreeSet<>();
            return addVary(headers);
        }

        private Builder addVary(String... headers) {
            for (String header : headers) {
                if (header.equals("*")) {
                    throw new IllegalArgumentException("vary must name headers, was '*', by which nothing is stored");
                }
                vary.add(header.toLowerCase(Locale.ROOT));
            }
            return this;
        }

        /** Sets the methods whose responses are stored, GET and HEAD at first; others need a {@link #key} that knows their bodies. */
        public Builder methods(String... methods) {
            this.methods = Set.of(methods);
            return this;
        }

        /** Sets what tells which requests have the same response; the whole URL at first. */
        public Builder key(RequestKey key) {
            this.key = key;
            return this;
        }

        /**
         * Stores responses to requests of users, each for its user alone; also private ones. A user is who the container knows as one, or
         * else a header {@code Authorization}, or else a session.
         */
        public Builder perUser() {
            users = Users.EACH_THEIR_OWN;
            return this;
        }

        /** Stores responses to requests of users for everybody; unless told, requests of users pass by the cache. */
        public Builder shareUsers() {
            users = Users.SHARED;
            return this;
        }

        /** Stores responses that set cookies, with the cookies, for everybody who gets them. */
        public Builder shareCookies() {
            cookiesShared = true;
            return this;
        }

        /** Stores other responses than 200 as well: those that a cache may keep without being told, and redirections. */
        public Builder cacheNonOk() {
            nonOkStored = true;
            return this;
        }

        /** Answers from the cache also when the client's {@code Cache-Control} asks for a response that is new. */
        public Builder ignoreClientReloads() {
            clientsReload = false;
            return this;
        }

        /** Sets the size up to which bodies are held back and stored, 1 MiB at first; a larger one goes through while it is written. */
        public Builder bytesMax(int bytesMax) {
            if (bytesMax < 0) {
                throw new IllegalArgumentException("bytesMax must not be negative, was " + bytesMax);
            }
            this.bytesMax = bytesMax;
            return this;
        }

        /** Returns the rules. */
        public ResponseRules build() {
            if (key == RequestKey.URL && !Set.of("GET", "HEAD").containsAll(methods)) {
                throw new IllegalArgumentException(
                        "methods other than GET and HEAD need a key that knows their bodies, were " + methods);
            }
            return new ResponseRules(this);
        }
    }
}
