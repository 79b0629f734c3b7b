package io.larder.memcached.client;

/**
 * Why callers are not to wait for a connection. Immutable.
 *
 * @param endNanos when the next attempt is due
 * @param wasSlow whether it took long to find out
 */
record Refusal(Throwable why, long endNanos, boolean wasSlow) {

    boolean isDue(long nanos) {
        return nanos - endNanos >= 0;
    }
}
