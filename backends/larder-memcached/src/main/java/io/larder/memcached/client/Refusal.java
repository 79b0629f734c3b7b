package io.larder.memcached.client;

/**
 * Why there is no connection. Immutable.
 *
 * @param endNanos when the next attempt is due
 */
record Refusal(Call.Failure failure, long endNanos) {

    boolean isDue(long nanos) {
        return nanos - endNanos >= 0;
    }
}
