package io.larder.spring;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.LoadContext;
import io.larder.LoadException;
import io.larder.annotations.CallTiming;
import io.larder.annotations.CallTiming.Use;
import io.larder.annotations.Change;
import io.larder.annotations.Change.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A Larder cache as Spring sees one. Thread-safe.
 *
 * <p>In a transaction, what is evicted or cleared goes when that commits; by {@code evictIfPresent} and {@code invalidate}, which say what they
 * found, at once and then again, for others may have loaded it meanwhile. What is put there is not kept, but removed: it is not committed yet,
 * and of two transactions the first to commit may be the last to put.
 */
final class SpringCache implements org.springframework.cache.Cache {

    private static final int ATTEMPTS_MAX = 100;

    private final Cache<String, Object> cache;
    private final CallTiming timing;

    SpringCache(Cache<String, Object> cache, CallTiming timing) {
        this.cache = cache;
        this.timing = timing;
    }

    @Override
    public String getName() {
        return cache.name();
    }

    /** Returns the {@link Cache} of Larder. */
    @Override
    public Object getNativeCache() {
        return cache;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        return timing.use(cache) == Use.NONE ? null : wrapped(cache.find(SpringKeys.text(key)));
    }

    private static @Nullable ValueWrapper wrapped(@Nullable CacheEntry<String, Object> entry) {
        return entry == null || entry.stale() ? null : new SimpleValueWrapper(entry.value());
    }

    @Override
    @SuppressWarnings("unchecked") // Checked by the class, if there is one.
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        ValueWrapper found = get(key);
        Object value = found == null ? null : found.get();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException("Cached value of key '" + key + "' in cache '" + getName() + "' must be a "
                    + type.getName() + ", was a " + value.getClass().getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked") // What is at a key is what its loader brings.
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        if (timing.use(cache) != Use.FULL) {
            ValueWrapper found = get(key);
            return found == null ? called(key, loader) : (T) found.get();
        }
        try {
            return (T) cache.get(SpringKeys.text(key), EntryOptions.DEFAULT, (same, context) -> {
                Object value;
                try {
                    value = loader.call();
                } catch (Exception failure) {
                    throw new ValueRetrievalException(key, loader, failure);
                }
                return kept(value, context);
            });
        } catch (LoadException failure) {
            throw failure.getCause() instanceof ValueRetrievalException own ? own : failure;
        }
    }

    private <T> @Nullable T called(Object key, Callable<T> loader) {
        try {
            return loader.call();
        } catch (Exception failure) {
            throw new ValueRetrievalException(key, loader, failure);
        }
    }

    /** Null is a value to Spring, kept as long as others unless the cache says for how long. */
    private static @Nullable Object kept(@Nullable Object value, LoadContext<Object> context) {
        EntryOptions options = context.options();
        if (value == null && options.missTtl() == null) {
            context.options(EntryOptions.DEFAULT.missTtl(options.ttl() == null ? EntryOptions.NEVER : options.ttl()));
        }
        return value;
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        if (timing.use(cache) == Use.NONE) {
            return null;
        }
        CompletableFuture<@Nullable ValueWrapper> found =
                cache.async().find(SpringKeys.text(key)).thenApply(SpringCache::wrapped);
        return found.isDone() && !found.isCompletedExceptionally() && found.join() == null ? null : found;
    }

    @Override
    @SuppressWarnings("unchecked") // What is at a key is what its loader brings.
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        if (timing.use(cache) != Use.FULL) {
            ValueWrapper found = get(key);
            return found == null ? loader.get() : CompletableFuture.completedFuture((T) found.get());
        }
        return (CompletableFuture<T>) cache.async()
                .get(
                        SpringKeys.text(key),
                        EntryOptions.DEFAULT,
                        (same, context) -> loader.get().thenApply(value -> kept(value, context)))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(bare(failure)));
    }

    private static Throwable bare(Throwable failure) {
        Throwable at = failure;
        while ((at instanceof CompletionException || at instanceof LoadException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        String text = SpringKeys.text(key);
        if (!timing.defer(new Change(cache, Kind.KEY, text))) {
            cache.put(text, value);
        }
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        String text = SpringKeys.text(key);
        if (timing.use(cache) != Use.FULL) {
            ValueWrapper found = get(key);
            if (found == null) {
                timing.defer(new Change(cache, Kind.KEY, text));
            }
            return found;
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (cache.putIfAbsent(text, value)) {
                return null;
            }
            ValueWrapper found = wrapped(cache.find(text));
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("Cannot tell what is at key '" + key + "' of cache '" + getName()
                + "': it is there when it is put, and gone when it is read");
    }

    @Override
    public void evict(Object key) {
        change(Kind.KEY, SpringKeys.text(key));
    }

    @Override
    public boolean evictIfPresent(Object key) {
        String text = SpringKeys.text(key);
        timing.defer(new Change(cache, Kind.KEY, text));
        return cache.remove(text);
    }

    @Override
    public void clear() {
        change(Kind.ALL, "");
    }

    private void change(Kind kind, String what) {
        Change change = new Change(cache, kind, what);
        if (!timing.defer(change)) {
            change.make();
        }
    }

    @Override
    public boolean invalidate() {
        timing.defer(new Change(cache, Kind.ALL, ""));
        boolean filled = cache.stats().backend().entries() > 0;
        cache.clear();
        return filled;
    }
}
