package io.larder.jcache;

import java.util.Iterator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of a cache; entries that change meanwhile may be met as they were. Confined to one thread. */
final class Walk<K, V> implements Iterator<Cache.Entry<K, V>> {

    private final Entries<K, V> entries;
    private final Statistics statistics;
    private final Writes<K, V> writes;
    private final Iterator<Cache.Entry<K, V>> source;
    private Cache.@Nullable Entry<K, V> last;

    Walk(Parts<K, V> parts, Writes<K, V> writes) {
        this.entries = parts.entries();
        this.statistics = parts.statistics();
        this.writes = writes;
        this.source = entries.iterator();
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public Cache.Entry<K, V> next() {
        long begin = statistics.begin();
        Cache.Entry<K, V> entry = source.next();
        entries.touch(entry.getKey(), entry.getValue());
        statistics.gets(1, 0, begin);
        last = entry;
        return entry;
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("Nothing to remove: next() comes first, and remove() once after it");
        }
        K key = last.getKey();
        last = null;
        var unused = writes.remove(key);
    }
}
