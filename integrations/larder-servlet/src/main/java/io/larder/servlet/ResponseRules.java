package io.larder.servlet;

import io.larder.EntryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
        vary = Collections.unmodifiableSet(told.vary);
        methods = told.methods;
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

        /** Sets how long a response is kept at most; the cache's ttl at first. One that says less itself is kept for that. */
        public Builder ttl(Duration ttl) {
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
            Arrays.stream(headers).map(name -> name.toLowerCase(Locale.ROOT)).forEach(vary::add);
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
