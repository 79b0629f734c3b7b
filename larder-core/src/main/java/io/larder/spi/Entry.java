package io.larder.spi;

import io.larder.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A value with its deadlines and tags. Immutable.
 *
 * <p>It is also a ready {@link Reply} with itself as the answer, so that a hit in memory allocates nothing. A backend in the
 * process may extend it by what it wants to remember beside the entry.
 */
public non-sealed class Entry<V extends @Nullable Object> implements Reply<Entry<V>>, Lookup<V> {

    private final @Nullable V value;
    private final long createdMillis;
    private final long freshUntilMillis;
    private final long keepUntilMillis;
    private final Set<String> tags;
    private final int loadMillis;

    /** Makes an entry; a null {@code value} says that there is no such thing. */
    public Entry(@Nullable V value, Lifetime lifetime, Set<String> tags) {
        this(value, lifetime, tags, 0);
    }

    private Entry(@Nullable V value, Lifetime lifetime, Set<String> tags, int loadMillis) {
        this.value = value;
        this.createdMillis = lifetime.createdMillis();
        this.freshUntilMillis = lifetime.freshUntilMillis();
        this.keepUntilMillis = lifetime.keepUntilMillis();
        this.tags = Set.copyOf(tags);
        this.loadMillis = loadMillis;
    }

    /** Makes a copy, for a subclass. */
    protected Entry(Entry<V> other) {
        this(other.value, other);
    }

    private Entry(@Nullable V value, Entry<?> other) {
        this.value = value;
        this.createdMillis = other.createdMillis;
        this.freshUntilMillis = other.freshUntilMillis;
        this.keepUntilMillis = other.keepUntilMillis;
        this.tags = other.tags;
        this.loadMillis = other.loadMillis;
    }

    /** Returns the value, or null when {@link #isNothing}. */
    public final @Nullable V value() {
        return value;
    }

    /** Returns whether what is cached is that there is no such thing. */
    public final boolean isNothing() {
        return value == null;
    }

    /** Returns the tags, without an order. */
    public final Set<String> tags() {
        return tags;
    }

    /** Returns when it was made, as {@link #lifetime} does. */
    public final long createdMillis() {
        return createdMillis;
    }

    /** Returns the deadlines. */
    public final Lifetime lifetime() {
        return new Lifetime(createdMillis, freshUntilMillis, keepUntilMillis);
    }

    /** Returns how many milliseconds its load took, begun ones counted as whole; 0 when it was not loaded. */
    public final int loadMillis() {
        return loadMillis;
    }

    /** Returns whether the value may be served as it is. */
    public final boolean isFresh(Clock clock) {
        return clock.isBefore(freshUntilMillis);
    }

    /** Returns whether the entry still exists, be it fresh or stale. */
    public final boolean isKept(Clock clock) {
        return clock.isBefore(keepUntilMillis);
    }

    /** Returns whether this entry, which a backend has just found to exist, is fresh too; seldom needs the clock for it. */
    public final boolean isFreshAsFound(Clock clock) {
        return freshUntilMillis == keepUntilMillis || isFresh(clock);
    }

    /** Returns this entry around another value. */
    public final <W extends @Nullable Object> Entry<W> withValue(@Nullable W other) {
        return new Entry<>(other, this);
    }

    /** Returns this entry with other deadlines; when it was created stays. */
    public final Entry<V> withDeadlinesOf(Lifetime other) {
        return new Entry<>(
                value,
                new Lifetime(createdMillis, other.freshUntilMillis(), other.keepUntilMillis()),
                tags,
                loadMillis);
    }

    /** Returns this entry as one whose load took {@code millis}. */
    public final Entry<V> withLoadMillis(int millis) {
        return new Entry<>(value, lifetime(), tags, millis);
    }

    @Override
    public final Entry<V> join() {
        return this;
    }

    @Override
    public final CompletableFuture<Entry<V>> toFuture(Executor executor) {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public final Reply<Entry<V>> within(long timeoutMillis) {
        return this;
    }

    @Override
    public final boolean isReady() {
        return true;
    }

    @Override
    public final String toString() {
        return "Entry[" + lifetime() + ", tags=" + tags + (isNothing() ? ", nothing]" : "]");
    }
}
