package io.larder.jcache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Tells a cache's listeners what happens to its entries. Thread-safe.
 *
 * <p>Synchronous ones are told on the caller's thread, under the key's lock, so that the events of a key come in order. The others share
 * one thread; when {@value #EVENTS_MAX} events wait for it, the caller tells its own.
 */
final class Listeners<K, V> {

    private static final int EVENTS_MAX = 10_000;
    private static final int IDLE_SECONDS = 10;

    private final Cache<K, V> source;
    private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor later;

    Listeners(Cache<K, V> source) {
        this.source = source;
        this.later = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(EVENTS_MAX),
                task -> {
                    Thread thread = new Thread(task, "larder-" + source.getName() + "-events-1");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        later.allowCoreThreadTimeOut(true);
    }

    void add(CacheEntryListenerConfiguration<K, V> configuration) {
        registrations.add(new Registration<>(configuration));
    }

    void remove(CacheEntryListenerConfiguration<K, V> configuration) {
        for (Registration<K, V> registration : List.copyOf(registrations)) {
            if (registration.configuration().equals(configuration) && registrations.remove(registration)) {
                registration.close();
            }
        }
    }

    /** Returns whether somebody wants to know of {@code type}. */
    boolean hear(EventType type) {
        for (Registration<K, V> registration : registrations) {
            if (registration.hears(type)) {
                return true;
            }
        }
        return false;
    }

    void created(K key, V value) {
        tell(EventType.CREATED, key, value, null);
    }

    void updated(K key, V value, V oldValue) {
        tell(EventType.UPDATED, key, value, oldValue);
    }

    void removed(K key, V oldValue) {
        tell(EventType.REMOVED, key, oldValue, oldValue);
    }

    void expired(K key, V oldValue) {
        tell(EventType.EXPIRED, key, oldValue, oldValue);
    }

    private void tell(EventType type, K key, V value, @Nullable V oldValue) {
        if (!hear(type)) {
            return;
        }
        EntryEvent<K, V> event = new EntryEvent<>(source, type, key, value, oldValue);
        CacheEntryListenerException first = null;
        for (Registration<K, V> registration : registrations) {
            if (!registration.hears(type)) {
                continue;
            }
            if (!registration.isSynchronous()) {
                later.execute(() -> tellLater(registration, event));
                continue;
            }
            try {
                registration.tell(event);
            } catch (RuntimeException e) {
                first = first == null ? Registration.failed(e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void tellLater(Registration<K, V> registration, EntryEvent<K, V> event) {
        try {
            registration.tell(event);
        } catch (RuntimeException e) {
            System.getLogger("io.larder.jcache")
                    .log(System.Logger.Level.WARNING, "A listener of cache '" + source.getName() + "' failed", e);
        }
    }

    void close() {
        later.shutdown();
        registrations.forEach(Registration::close);
        registrations.clear();
    }
}
