package io.larder.redis;

import io.larder.codec.KeyBytes;
import io.larder.spi.ChangeListener;
import io.larder.spi.Cover;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one cache is told by {@link Tracking}, whose lock guards who vouches for which bucket. Thread-safe. */
final class TrackingWatch implements Watch<String> {

    private final Tracking tracking;
    private final KeyLayout layout;
    private final ChangeListener<String> told;
    private final byte[] base;
    /** By bucket; null for one that nobody vouches for. */
    private final AtomicReferenceArray<@Nullable Voucher> vouchers;
    /** Holds while all who vouch for a bucket are trusted, and each bucket has one. */
    private final Cover cover;

    /** A feed, for what its leader has since an epoch. */
    private record Voucher(Feed feed, long epoch) {}

    TrackingWatch(Tracking tracking, KeyLayout layout, ChangeListener<String> told) {
        this.tracking = tracking;
        this.layout = layout;
        this.told = told;
        this.base = layout.base().getBytes(StandardCharsets.US_ASCII);
        this.vouchers = new AtomicReferenceArray<>(layout.buckets());
        this.cover = new Cover(tracking.clock());
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
        return cover.holds();
    }

    @Override
    public Cover cover() {
        return cover;
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
        }
    }

    private void endVouching(int bucket) {
        cover.end();
        vouchers.set(bucket, null);
    }

    /** A leader has answered: all is covered until the first of those who vouch would have to answer again. */
    void extend() {
        long nowNanos = tracking.clock().nanos();
        long leftNanos = Long.MAX_VALUE;
        for (int bucket = 0; bucket < vouchers.length(); bucket++) {
            Voucher voucher = vouchers.get(bucket);
            if (voucher == null || !voucher.feed.isTrusted()) {
                return;
            }
            leftNanos = Math.min(leftNanos, voucher.feed.trustedUntilNanos() - nowNanos);
        }
        cover.holdUntil(nowNanos + leftNanos);
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
