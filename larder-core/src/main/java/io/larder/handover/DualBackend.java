package io.larder.handover;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes every change at a second backend too, while the first one answers. Thread-safe.
 *
 * <p>The second never gets a value from a caller, because two writes of one key might reach it in another order than the first. What
 * changes is removed there, after it has changed at the first, and copied from there; {@link EntryCopy} says why that is safe. A
 * second backend that fails is left alone from then on, for what it has cannot be trusted any more.
 */
final class DualBackend<K, V> extends ForwardingBackend<K, V> {

    private final Backend<K, V> first;
    private final Side<K, V> next;
    private final EntryCopy<K, V> copy;
    private volatile @Nullable RuntimeException broken;

    DualBackend(Side<K, V> first, Side<K, V> next) {
        super(first.backend());
        this.first = first.strict();
        this.next = next;
        // What the second will not keep, it will miss.
        this.copy = new EntryCopy<>(this.first, next.strict(), (key, refusal) -> {});
    }

    Side<K, V> next() {
        return next;
    }

    /** Returns why the second backend is left alone, or null. */
    @Nullable
    RuntimeException broken() {
        return broken;
    }

    /** Copies all entries, on this thread. */
    void copyAll() {
        copy.copy(first.keys(KeyPattern.ALL));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return changed(List.of(key), below.putLeased(key, entry, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return changed(List.of(key), below.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return changed(entries.keySet(), below.putAll(entries));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return followed(below.remove(key), second -> second.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return followed(below.removeAll(keys), second -> second.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return changed(List.of(key), below.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return changed(List.of(key), below.add(key, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return followed(below.invalidateTag(tag), second -> second.invalidateTag(tag));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return followed(below.removeMatching(pattern), second -> second.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return followed(below.clear(), Backend::clear);
    }

    private <T extends @Nullable Object> Reply<T> changed(Collection<K> keys, Reply<T> first) {
        return followed(first, second -> second.removeAll(keys).then(removed -> copy.copy(keys)));
    }

    /** Returns {@code first}, with {@code step} done at the second backend after it, also when it failed: it may have had its effect. */
    private <T extends @Nullable Object> Reply<T> followed(
            Reply<T> first, Function<Backend<K, V>, Reply<? extends @Nullable Object>> step) {
        return first.<T>then(answer -> atSecond(step).map(done -> answer))
                .recover(failure -> atSecond(step).<T>map(done -> {
                    throw failure;
                }));
    }

    /** Does {@code step}, and never fails. */
    private Reply<@Nullable Void> atSecond(Function<Backend<K, V>, Reply<? extends @Nullable Object>> step) {
        if (broken != null) {
            return Reply.none();
        }
        return Reply.none()
                .then(begun -> step.apply(next.strict()))
                .<@Nullable Void>then(done -> Reply.none())
                .recover(failure -> {
                    broken = failure;
                    return Reply.none();
                });
    }
}
