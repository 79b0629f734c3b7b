package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.larder.Clock;
import io.larder.codec.KeyBytes;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases on the entries of one cache. Thread-safe.
 *
 * <p>{@code SET} with {@code NX} and {@code GET} finds the entry or takes the lease in one step, and is a tenth of what a script costs the
 * server. What else there is to do, a script does: to lease what is there, and to tell a new lease its epoch before the load begins, if
 * what will be stored may have tags.
 */
final class Leases {

    /** Older than every epoch, so that nothing with tags is stored by it. */
    private static final long NO_EPOCH = -1;

    private final Calls calls;
    private final KeyLayout layout;
    private final BucketScripts scripts;
    private final Framing framing;
    private final Clock clock;
    private final long leaseMillis;

    Leases(Calls calls, KeyLayout layout, BucketScripts scripts, Framing framing) {
        this.calls = calls;
        this.layout = layout;
        this.scripts = scripts;
        this.framing = framing;
        this.clock = framing.clock();
        this.leaseMillis = framing.config().lease().toMillis();
    }

    Reply<? extends Lookup<byte[]>> getOrLease(EntryPlace place, String token, LeaseTerms terms) {
        byte[] tokenBytes = KeyBytes.encode(token);
        PlainSet hole = new PlainSet(layout.entry(place), Hole.bytes(tokenBytes), leaseMillis, true);
        return calls.set(place.text().hashCode(), hole).then(outcome -> {
            byte[] before = outcome.before();
            boolean taken = before == null && !outcome.refused();
            if (taken && !terms.tagged()) {
                return Reply.ready(new Lease<>(token, NO_EPOCH));
            }
            Lookup<byte[]> found = before == null ? null : found(before, token, terms);
            return found == null ? byScript(place, tokenBytes, terms, taken) : Reply.ready(found);
        });
    }

    /** Returns an entry that meets {@code terms}, what cannot be told, or the lease of another; null when a script has to look. */
    private @Nullable Lookup<byte[]> found(byte[] before, String token, LeaseTerms terms) {
        Entry<byte[]> entry = framing.entry(before);
        if (entry instanceof DamagedEntry || (entry != null && terms.isMetBy(entry, clock))) {
            return entry;
        }
        if (!Hole.isIn(before)) {
            return null;
        }
        Hole hole = Hole.in(before);
        return hole.endsWithKey() && !hole.token().equals(token) ? new Lease<>(hole.token(), hole.epoch()) : null;
    }

    private Reply<Lookup<byte[]>> byScript(EntryPlace place, byte[] token, LeaseTerms terms, boolean taken) {
        return scripts.run(
                        Script.GET_OR_LEASE,
                        place,
                        token,
                        bytes(leaseMillis),
                        BucketScripts.randomEpoch(),
                        bytes(terms.replacedUntilMillis()),
                        bytes(taken ? 1 : 0))
                .map(answer -> {
                    if (answer instanceof List<?> lease) {
                        return new Lease<>(
                                KeyBytes.decode((byte[]) lease.get(0)),
                                Long.parseLong(new String((byte[]) lease.get(1), StandardCharsets.US_ASCII)));
                    }
                    return framing.decoded((byte[]) answer);
                });
    }

    Reply<Boolean> putLeased(EntryPlace place, Entry<byte[]> entry, Lease<byte[]> lease) {
        return BucketScripts.framing(() -> {
                    byte[] token = KeyBytes.encode(lease.token());
                    byte[] frame = framing.bytes(place.text(), entry);
                    long keepMillis = framing.keepMillis(entry.lifetime());
                    // A lease without an epoch was granted where nothing was, so that there is its hole and nothing
                    // else.
                    boolean plain = lease.epoch() == NO_EPOCH && entry.tags().isEmpty() && keepMillis != 0;
                    return plain
                            ? scripts.run(Script.FILL, place, Hole.bytes(token), frame, bytes(keepMillis))
                            : scripts.run(
                                    Script.PUT_LEASED, place, token, bytes(lease.epoch()), frame, bytes(keepMillis));
                })
                .map(answer -> (Long) answer == 1);
    }

    Reply<@Nullable Void> release(EntryPlace place, Lease<byte[]> lease) {
        return scripts.run(Script.RELEASE, place, KeyBytes.encode(lease.token()))
                .map(answer -> null);
    }
}
