package io.larder.jcache;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of this process at a time change a key. Thread-safe.
 *
 * <p>A key shares its lock with one in {@value #LOCKS} others. A thread holds one lock at a time, unless a listener or an entry processor
 * comes back to the cache, which JCache advises against.
 */
final class KeyLocks {

    /** A power of two. */
    private static final int LOCKS = 1024;

    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    KeyLocks() {
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    <T extends @Nullable Object> T locked(Object key, Supplier<T> step) {
        int hash = key.hashCode();
        ReentrantLock lock = locks[(hash ^ (hash >>> 16)) & (LOCKS - 1)];
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
