package io.larder.jcache;

/** Time for measuring calls; only differences mean anything. */
final class CallClock {

    private CallClock() {}

    static long nanos() {
        return System.nanoTime();
    }
}
