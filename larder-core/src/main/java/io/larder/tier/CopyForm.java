package io.larder.tier;

import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.util.Objects;

/** In which form a near tier keeps the entries of the far one. */
enum CopyForm {
    /** As the value of an entry whose lifetime is the copy's: for a near tier whose values are entries. */
    AROUND,
    /** As it is, so that a hit follows one object less, unless it may be shown for a shorter time than it lives. */
    ITSELF;

    /** When an entry around another was made, by which it is known without a look at its value. */
    private static final long AROUND_MILLIS = Long.MIN_VALUE;

    /** Returns a copy of {@code entry} that may be shown until then. */
    Entry<Object> of(Entry<?> entry, long untilMillis) {
        Lifetime lifetime = entry.lifetime();
        boolean shortened = untilMillis < lifetime.keepUntilMillis();
        if (this == ITSELF && !shortened && lifetime.createdMillis() != AROUND_MILLIS) {
            return widened(entry);
        }
        long endMillis = Math.min(lifetime.keepUntilMillis(), untilMillis);
        return new Entry<>(entry, new Lifetime(AROUND_MILLIS, endMillis, endMillis), entry.tags());
    }

    /** Returns the entry of which {@code copy} is one. */
    @SuppressWarnings("unchecked") // What the cache keeps was made by the method above.
    <V> Entry<V> entryIn(Entry<?> copy) {
        boolean isAround = this == AROUND || copy.createdMillis() == AROUND_MILLIS;
        return (Entry<V>) (isAround ? Objects.requireNonNull(copy.value()) : copy);
    }

    @SuppressWarnings("unchecked") // An entry only gives its value away.
    private static Entry<Object> widened(Entry<?> entry) {
        return (Entry<Object>) entry;
    }
}
