package io.larder.annotations;

import io.larder.Cache;

/** Says how calls may use caches at the moment, and when what they change takes effect. Thread-safe; a transaction has an opinion. */
public interface CallTiming {

    /** All at once, as without transactions. */
    CallTiming AT_ONCE = new CallTiming() {
        @Override
        public Use use(Cache<?, ?> cache) {
            return Use.FULL;
        }

        @Override
        public boolean defer(Change change) {
            return false;
        }
    };

    /** How a call may use a cache. */
    enum Use {
        /** It is answered from the cache, and fills it. */
        FULL,
        /** It is answered from the cache; what it computes is for nobody else. */
        READ,
        /** It is computed, and for nobody else. */
        NONE
    }

    /** Returns how a call that begins now, on this thread, may use {@code cache}. */
    Use use(Cache<?, ?> cache);

    /** Keeps {@code change} to make it later, or drop it, and returns true; or returns false, and the caller makes it. */
    boolean defer(Change change);
}
