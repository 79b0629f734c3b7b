package io.larder.jcache;

/** Makes of a caller's object what a cache on the heap holds, and an object for callers of that. Thread-safe. */
interface Copies {

    /** The object itself: callers share it, or a codec writes it anyway. */
    Copies NONE = new Copies() {

        @Override
        public Object in(Object given) {
            return given;
        }

        @Override
        public Object out(Object held) {
            return held;
        }
    };

    /** Returns what to hold of {@code given}; nobody else can change it. */
    Object in(Object given);

    /** Returns an object that is the caller's alone. */
    Object out(Object held);
}
