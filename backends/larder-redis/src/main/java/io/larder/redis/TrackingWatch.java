package io.larder.redis;

import io.larder.codec.KeyBytes;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one cache is told by {@link Tracking}, whose lock guards who vouches for which bucket. Thread-safe. */
final class TrackingWatch implements Watch<String> {

    private static final Feed[] NOBODY = {};

    private final Tracking tracking;
    private final KeyLayout layout;
    private final ChangeListener<String> told;
    private final byte[] base;
    /** By bucket; null for one that nobody vouches for. */
    private final AtomicReferenceArray<@Nullable Voucher> vouchers;
    /** Who vouches for all buckets together; nobody while one is nobody's. A hit in memory is too short to look at each. */
    private volatile Feed[] together = NOBODY;

    /** A feed, for what its leader has since an epoch. */
    private record Voucher(Feed feed, long epoch) {}

    TrackingWatch(Tracking tracking, KeyLayout layout, ChangeListener<String> told) {
        this.tracking = tracking;
        this.layout = layout;
        this.told = told;
        this.base = layout.base().getBytes(StandardCharsets.US_ASCII);
        this.vouchers = new AtomicReferenceArray<>(layout.buckets());
    }

    KeyLayout layout() {
        return layout;
    }

    @Override
    public boolean isOptional() {
        return tracking.config().isOptional();
    }

    ChangeListener<String> told() {
        return told;
    }

    @Override
    public String name() {
        return "tracking";
    }

    @Override
    public Duration bound() {
        return tracking.config().heartBeat();
    }

    @Override
    public boolean covers(String key) {
        return covers(layout.buckets() == 1 ? 0 : layout.bucketOf(KeyBytes.encode(key)));
    }

    @Override
    public boolean coversAll() {
        Feed[] feeds = together;
        for (Feed feed : feeds) {
            if (!feed.isTrusted()) {
                return false;
            }
        }
        return feeds.length > 0;
    }

    private boolean covers(int bucket) {
        Voucher voucher = vouchers.get(bucket);
        return voucher != null && voucher.feed.isTrusted();
    }

    /** A leader says what it has; of two that say so of a bucket, the one with the later epoch is right. */
    void settle(Feed feed, LeaderState state) {
        Voucher next = new Voucher(feed, state.epoch());
        BitSet moved = new BitSet();
        for (int bucket = 0; bucket < vouchers.length(); bucket++) {
            Voucher now = vouchers.get(bucket);
            boolean isOwn = now != null && now.feed == feed;
            if (state.buckets().get(bucket)) {
                moved.set(bucket, now == null || (!now.equals(next) && (isOwn || now.epoch <= next.epoch)));
            } else if (isOwn) {
                endVouching(bucket);
            }
        }
        if (!moved.isEmpty()) {
            moved.stream().forEach(this::endVouching);
            told.changed(pattern(moved));
            moved.stream().forEach(bucket -> vouchers.set(bucket, next));
            gather();
        }
    }

    private void endVouching(int bucket) {
        together = NOBODY;
        vouchers.set(bucket, null);
    }

    private void gather() {
        Set<Feed> feeds = new HashSet<>();
        for (int bucket = 0; bucket < vouchers.length(); bucket++) {
            Voucher voucher = vouchers.get(bucket);
            if (voucher == null) {
                return;
            }
            feeds.add(voucher.feed);
        }
        together = feeds.toArray(NOBODY);
    }

    private KeyPattern pattern(BitSet buckets) {
        return buckets.cardinality() == layout.buckets()
                ? KeyPattern.ALL
                : KeyPattern.where(
                        "what moved to another leader", key -> buckets.get(layout.bucketOf(KeyBytes.encode(key))));
    }

    void forget(Feed feed) {
        forgetIf(voucher -> voucher.feed == feed);
    }

    void forgetAll() {
        forgetIf(voucher -> true);
    }

    private void forgetIf(Predicate<Voucher> isOver) {
        for (int bucket = 0; bucket < vouchers.length(); bucket++) {
            Voucher now = vouchers.get(bucket);
            if (now != null && isOver.test(now)) {
                endVouching(bucket);
            }
        }
    }

    /** Tells of a name, unless it is another cache's, or no entry's. */
    void changed(byte[] name) {
        if (!Arrays.equals(name, 0, Math.min(name.length, base.length), base, 0, base.length)) {
            return;
        }
        byte[] key = layout.keyIn(name);
        EntryPlace place = key == null ? null : EntryPlace.of(key, layout);
        if (place != null) {
            told.changed(place.text());
        }
    }

    /** Nothing is covered, or told, any more. */
    @Override
    public void close() {
        tracking.remove(this);
    }
}
