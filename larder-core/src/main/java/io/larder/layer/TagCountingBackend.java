package io.larder.layer;

import io.larder.Clock;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts entries by their tags, as they are found, stored and invalidated. As thread-safe as what is below it.
 *
 * <p>Belongs outside all other layers, and only where tags are counted: nothing is at hand here, so that what is found is counted once.
 */
public final class TagCountingBackend<K, V> extends ForwardingBackend<K, V> {

    private final TagTally tally;
    private final Clock clock;

    /** Makes one around {@code below} that counts in {@code tally}. */
    public TagCountingBackend(Backend<K, V> below, TagTally tally, Clock clock) {
        super(below);
        this.tally = tally;
        this.clock = clock;
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return super.get(key).map(entry -> {
            countFound(entry);
            return entry;
        });
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        return null;
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return super.getAll(keys).map(found -> {
            found.values().forEach(this::countFound);
            return found;
        });
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return super.getOrLease(key, token, terms).map(found -> {
            countFound(found instanceof Entry<?> entry ? entry : null);
            return found;
        });
    }

    private void countFound(@Nullable Entry<?> entry) {
        if (entry != null && entry.isFreshAsFound(clock)) {
            tally.hit(entry);
        }
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return counted(entry, super.putLeased(key, entry, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return counted(entry, super.put(key, entry, mode));
    }

    private Reply<Boolean> counted(Entry<V> entry, Reply<Boolean> put) {
        return put.map(stored -> {
            if (stored) {
                tally.put(entry);
            }
            return stored;
        });
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return super.putAll(entries).then(done -> {
            entries.values().forEach(tally::put);
            return Reply.none();
        });
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return super.invalidateTag(tag).map(removed -> {
            tally.removed(tag, removed);
            return removed;
        });
    }
}
