package io.larder.jcache;

import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** A listener with its filter. */
final class Registration<K, V> {

    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final CacheEntryListener<K, V> listener;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;

    @SuppressWarnings("unchecked") // It takes keys and values, and gives none.
    Registration(CacheEntryListenerConfiguration<K, V> configuration) {
        this.configuration = configuration;
        this.listener = (CacheEntryListener<K, V>)
                configuration.getCacheEntryListenerFactory().create();
        this.filter = configuration.getCacheEntryEventFilterFactory() == null
                ? null
                : configuration.getCacheEntryEventFilterFactory().create();
    }

    CacheEntryListenerConfiguration<K, V> configuration() {
        return configuration;
    }

    boolean isSynchronous() {
        return configuration.isSynchronous();
    }

    boolean hears(EventType type) {
        return switch (type) {
            case CREATED -> listener instanceof CacheEntryCreatedListener;
            case UPDATED -> listener instanceof CacheEntryUpdatedListener;
            case REMOVED -> listener instanceof CacheEntryRemovedListener;
            case EXPIRED -> listener instanceof CacheEntryExpiredListener;
        };
    }

    /** Tells the listener what its filter lets pass; both may throw. */
    void tell(EntryEvent<K, V> event) {
        if (filter != null && !filter.evaluate(event)) {
            return;
        }
        List<CacheEntryEvent<? extends K, ? extends V>> events =
                List.of(configuration.isOldValueRequired() ? event : event.withoutOldValue());
        switch (event.getEventType()) {
            case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
            case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
            case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
            case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
        }
    }

    /** Returns the failure as the one that JCache's callers expect. */
    static CacheEntryListenerException failed(RuntimeException failure) {
        return failure instanceof CacheEntryListenerException expected
                ? expected
                : new CacheEntryListenerException("A listener failed: " + failure, failure);
    }

    void close() {
        Closing.close(listener);
        Closing.close(filter);
    }
}
