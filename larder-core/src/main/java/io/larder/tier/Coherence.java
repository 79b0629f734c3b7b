package io.larder.tier;

import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Cover;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lifetime;
import io.larder.spi.Watch;
import io.larder.url.Units;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which copies of a near tier may be shown, and for how long. Thread-safe.
 *
 * <p>It gives up the copies of what the far tier's {@link Watch} tells of, and the leases of those that are being made; a near tier
 * that is told is in this process and does not block. One elsewhere is not told: it has copies from before the watch began, or from
 * processes that have none.
 */
final class Coherence<K> implements ChangeListener<K> {

    private final Backend<K, ?> near;
    private final TierRules rules;
    private final TierEvents events;
    private final boolean here;
    private final boolean alone;
    /** Set before anybody else can see this; null where nobody tells, or nobody needs to. */
    private @Nullable Watch<K> watch;

    private @Nullable Cover cover;

    private volatile boolean refused;

    private Coherence(Backend<K, ?> near, Backend<K, ?> far, TierRules rules, TierEvents events) {
        this.near = near;
        this.rules = rules;
        this.events = events;
        this.here = near.capabilities().contains(Capability.LOCAL);
        this.alone = here && far.capabilities().contains(Capability.LOCAL);
    }

    static <K> Coherence<K> of(Backend<K, ?> near, Backend<K, ?> far, TierRules rules, TierEvents events) {
        Coherence<K> coherence = new Coherence<>(near, far, rules, events);
        Watch<K> watch = coherence.here ? far.watch(coherence) : null;
        coherence.watch = watch;
        coherence.cover = watch == null ? null : watch.cover();
        return coherence;
    }

    /** Returns what tells of all keys at once; null where nothing does. */
    @Nullable
    Cover cover() {
        return cover;
    }

    /** Returns whether a copy of {@code key} may be shown, and one be made. */
    boolean isTrusted(K key) {
        Cover cover = this.cover;
        return (cover != null && cover.holds()) || isTrustedByWatch(key);
    }

    private boolean isTrustedByWatch(K key) {
        Watch<K> watch = this.watch;
        return watch == null || watch.coversAll() || (refused ? watch.isOptional() : watch.covers(key));
    }

    /** Returns until when a copy of what has been read since {@code sinceMillis} may be shown. */
    long untilMillis(long sinceMillis) {
        long nearTtlMillis = nearTtlMillis();
        return nearTtlMillis > Lifetime.NEVER - sinceMillis ? Lifetime.NEVER : sinceMillis + nearTtlMillis;
    }

    /** Returns how long a copy may be shown, {@link Long#MAX_VALUE} for as long as the far tier keeps the entry. */
    long nearTtlMillis() {
        boolean told = alone || (watch != null && !refused);
        Duration standard = told ? Units.NEVER : TieredBackend.NEAR_TTL_STANDARD;
        return TimeUnit.MILLISECONDS.convert(rules.nearTtl() == null ? standard : rules.nearTtl());
    }

    @Override
    public void changed(K key) {
        near.remove(key).join();
    }

    @Override
    public void changed(KeyPattern keys) {
        if (keys.isAll()) {
            near.clear().join();
        } else {
            near.removeMatching(keys).join();
        }
    }

    @Override
    public void changedTag(String tag) {
        near.invalidateTag(tag).join();
    }

    /** Gives up what was to be kept for longer, before copies are trusted that are kept shortly. */
    @Override
    public void refused(RuntimeException cause) {
        near.clear().join();
        refused = true;
        events.watchRefused(rules.address(), cause);
    }

    /** Returns how copies are kept right, those at most {@code ageMillis} old of which the far tier may have given old ones. */
    String describe(long ageMillis) {
        Watch<K> watch = this.watch;
        String age = ageMillis == Long.MAX_VALUE
                ? ""
                : ", copies at most " + Units.text(Duration.ofMillis(ageMillis)) + " old";
        if (watch == null) {
            return alone ? "in this process" + age : "none" + age;
        }
        if (refused) {
            return watch.isOptional() ? "none" + age : watch.name() + " is refused, no copies";
        }
        return watch.name() + ", within " + Units.text(watch.bound()) + age;
    }

    void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
