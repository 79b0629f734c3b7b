package io.larder.memcached;

/** What time it is for a server: that of the real world, whatever clock the cache was given. */
final class ServerClock {

    private ServerClock() {}

    static long unixSeconds() {
        return System.currentTimeMillis() / 1_000;
    }
}
