package io.larder.tier;

import io.larder.Clock;
import io.larder.ConfigException;
import io.larder.layer.ForwardingBackend;
import io.larder.layer.Known;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Cover;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.spi.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads from copies in a near tier of what the far tier, the one below, has. Thread-safe.
 *
 * <p>A copy is made under a lease of the near tier's own that is taken before the far tier is asked. Whoever changes or invalidates the
 * entry does so at the far tier first, and then removes it here, which ends that lease: so no copy outlives what it is a copy of, nor
 * does one that is being made. What others change is told by the far tier's {@link Watch}, and a key that this does not cover is asked
 * of the far tier alone. Where nobody tells, or the near tier outlives this process, copies are kept for {@link #NEAR_TTL_STANDARD}.
 * See docs/adr/0017-near-copies-under-leases.md.
 *
 * <p>Budget of a hit in memory: no allocation. So a copy is the very entry of the far tier, or has it as its value: see {@link CopyForm}.
 */
public final class TieredBackend<K, V> extends ForwardingBackend<K, V> {

    /** How long copies are kept where nobody tells of changes. */
    public static final Duration NEAR_TTL_STANDARD = Duration.ofSeconds(1);

    /** What was read later takes the place of a copy, whatever that is. */
    private static final LeaseTerms REPLACING = new LeaseTerms(true, Long.MAX_VALUE);

    private final Backend<K, Object> near;
    private final CopyForm form;
    private final Coherence<K> coherence;
    /** What a hit looks at first, without going by {@code coherence}; null where there is no such thing. */
    private final @Nullable Cover cover;

    private final TierRules rules;
    private final Clock clock;
    private final TierEvents events;
    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private final String process = UUID.randomUUID() + "-";
    private final AtomicLong fills = new AtomicLong();

    /** Makes one; {@code events} is told when the near tier fails, which costs the caller nothing but the copy. */
    public TieredBackend(
            Backend<K, Entry<V>> near, Backend<K, V> far, TierRules rules, Clock clock, TierEvents events) {
        this(widened(near), CopyForm.AROUND, far, rules, clock, events);
    }

    /** As the constructor, with a near tier that keeps values of any type by reference: those of the far one, or its entries. */
    public static <K, V> TieredBackend<K, V> byReference(
            Backend<K, Object> near, Backend<K, V> far, TierRules rules, Clock clock, TierEvents events) {
        return new TieredBackend<>(near, CopyForm.ITSELF, far, rules, clock, events);
    }

    private TieredBackend(
            Backend<K, Object> near,
            CopyForm form,
            Backend<K, V> far,
            TierRules rules,
            Clock clock,
            TierEvents events) {
        super(far);
        Set<Capability> lacking = EnumSet.of(Capability.TAGS, Capability.LISTING);
        lacking.removeAll(near.capabilities());
        if (!lacking.isEmpty()) {
            throw new ConfigException("'" + rules.address() + "' cannot be a nearer tier: it lacks " + lacking
                    + ", by which copies are found that are invalidated. Leave it out, or put it last");
        }
        this.near = near;
        this.form = form;
        this.rules = rules;
        this.clock = clock;
        this.events = events;
        this.coherence = Coherence.of(near, far, rules, events);
        this.cover = coherence.cover();
        capabilities.addAll(far.capabilities());
        capabilities.remove(Capability.LOCAL);
        // So that it is counted from the beginning.
        events.farRead(rules.number() + 1, 0);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.copyOf(capabilities);
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        boolean trusted = (cover != null && cover.holds()) || coherence.isTrusted(key);
        Entry<Object> copy = trusted ? near.getNow(key) : null;
        return copy == null ? null : form.entryIn(copy);
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return copy(key).then(copy -> copy == null ? filling(key, () -> below.get(key)) : found(copy));
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return copy(key)
                .<Lookup<V>>then(copy -> copy != null && terms.isMetBy(copy, clock)
                        ? copy
                        : this.<Lookup<V>>filling(
                                key, () -> below.getOrLease(key, token, terms).map(found -> found)));
    }

    private Reply<@Nullable Entry<V>> copy(K key) {
        return coherence.isTrusted(key)
                ? near.get(key)
                        .<@Nullable Entry<V>>map(copy -> copy == null ? null : form.entryIn(copy))
                        .recover(failure -> {
                            events.readFailed(key, failure);
                            return Reply.none();
                        })
                : Reply.none();
    }

    /** Returns the far tier's answer to {@code question}, and makes a copy of it if it is an entry. */
    private <L extends @Nullable Lookup<V>> Reply<L> filling(K key, Supplier<Reply<L>> question) {
        events.farRead(rules.number() + 1, 1);
        if (!coherence.isTrusted(key)) {
            return question.get();
        }
        long sinceMillis = clock.millis();
        return lease(key, newToken())
                .then(lease -> lease == null
                        ? question.get()
                        : kept(key, lease, sinceMillis, Reply.none().then(leased -> question.get())));
    }

    private <L extends @Nullable Lookup<V>> Reply<L> kept(
            K key, Lease<Object> lease, long sinceMillis, Reply<L> question) {
        return question.<L>then(answer -> {
                    Entry<V> entry = answer instanceof Entry<?> ? entryOf(answer) : null;
                    return keep(key, entry, lease, sinceMillis).map(kept -> answer);
                })
                .recover(failure -> keep(key, null, lease, sinceMillis).map(released -> {
                    throw failure;
                }));
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        List<K> trusted = keys.stream().filter(coherence::isTrusted).toList();
        return near.getAll(trusted)
                .recover(failure -> {
                    events.readFailed(trusted, failure);
                    return Reply.ready(Map.of());
                })
                .then(copies -> {
                    Map<K, Entry<V>> found = new LinkedHashMap<>(2 * keys.size());
                    Set<K> missing = new LinkedHashSet<>();
                    for (K key : keys) {
                        Entry<Object> copy = copies.get(key);
                        if (copy == null) {
                            missing.add(key);
                        } else {
                            found.put(key, form.entryIn(copy));
                        }
                    }
                    return missing.isEmpty() ? Reply.ready(found) : fillingAll(missing, found);
                });
    }

    /** Asks the far tier for {@code missing}, makes copies, and adds the entries to {@code found}. */
    private Reply<Map<K, Entry<V>>> fillingAll(Set<K> missing, Map<K, Entry<V>> found) {
        events.farRead(rules.number() + 1, missing.size());
        long sinceMillis = clock.millis();
        String token = newToken();
        List<K> trusted = missing.stream().filter(coherence::isTrusted).toList();
        return Reply.all(trusted.stream().map(key -> lease(key, token)).toList())
                .then(leases -> Reply.none()
                        .then(leased -> below.getAll(missing))
                        .<Map<K, Entry<V>>>then(far -> {
                            found.putAll(far);
                            return keepAll(trusted, leases, far, sinceMillis).map(kept -> found);
                        })
                        .recover(failure -> keepAll(trusted, leases, Map.of(), sinceMillis)
                                .map(released -> {
                                    throw failure;
                                })));
    }

    private Reply<?> keepAll(
            List<K> keys, List<@Nullable Lease<Object>> leases, Map<K, Entry<V>> entries, long sinceMillis) {
        List<Reply<@Nullable Void>> steps = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Lease<Object> lease = leases.get(i);
            if (lease != null) {
                steps.add(keep(keys.get(i), entries.get(keys.get(i)), lease, sinceMillis));
            }
        }
        return Reply.all(steps);
    }

    /**
     * Returns the near tier's lease on the key, or null where somebody else has it, or the key is not trusted.
     *
     * <p>Trust is looked at after the lease was taken: when cover is lost, what may have been missed is told once, and ends only the leases
     * that were there before.
     */
    private Reply<@Nullable Lease<Object>> lease(K key, String token) {
        return near.getOrLease(key, token, REPLACING)
                .<@Nullable Lease<Object>>then(found -> {
                    if (!(found instanceof Lease<Object> lease)
                            || !lease.token().equals(token)) {
                        return Reply.none();
                    }
                    return coherence.isTrusted(key)
                            ? Reply.ready(lease)
                            : keep(key, null, lease, 0).map(released -> null);
                })
                .recover(failure -> {
                    events.readFailed(key, failure);
                    return Reply.none();
                });
    }

    /** Ends the lease, with a copy of {@code entry} if there is one; never fails. */
    private Reply<@Nullable Void> keep(K key, @Nullable Entry<V> entry, Lease<Object> lease, long sinceMillis) {
        return Reply.none()
                .<@Nullable Void>then(ready -> entry == null
                        ? near.release(key, lease)
                        : near.putLeased(key, form.of(entry, coherence.untilMillis(sinceMillis)), lease)
                                .map(stood -> null))
                .recover(failure -> {
                    events.readFailed(key, failure);
                    return entry == null ? Reply.none() : keep(key, null, lease, sinceMillis);
                });
    }

    private String newToken() {
        return process + fills.incrementAndGet();
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return followed(below.putLeased(key, entry, lease), copies -> copies.remove(key));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return followed(below.put(key, entry, mode), copies -> copies.remove(key));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return followed(below.putAll(entries), copies -> copies.removeAll(entries.keySet()));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return followed(below.remove(key), copies -> copies.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return followed(below.removeAll(keys), copies -> copies.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return followed(below.expire(key, lifetime), copies -> copies.remove(key));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return followed(below.add(key, delta, initial), copies -> copies.remove(key));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return followed(below.invalidateTag(tag), copies -> copies.invalidateTag(tag));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return followed(below.removeMatching(pattern), copies -> copies.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return followed(below.clear(), Backend::clear);
    }

    /** Returns the outcome of {@code change} when the copies are gone, also when it failed: it may have had its effect. */
    private <T extends @Nullable Object> Reply<T> followed(
            Reply<T> change, Function<Backend<K, Object>, Reply<? extends @Nullable Object>> removal) {
        return change.<Supplier<T>>map(answer -> () -> answer)
                .recover(failure -> Reply.ready(() -> {
                    throw failure;
                }))
                .then(outcome -> removal.apply(near).map(removed -> outcome.get()));
    }

    /** Nobody can, for the copies of a nearer tier could be made of copies here that are as old as theirs may be. */
    @Override
    public @Nullable Watch<K> watch(ChangeListener<K> told) {
        return null;
    }

    @Override
    public Reply<BackendInfo> info() {
        return below.info()
                .then(far -> near.info()
                        .map(copies -> withCopies(far, copies))
                        .recover(failure -> Reply.ready(far))
                        .map(this::withTier));
    }

    @Override
    public List<BackendInfo> known() {
        boolean here = near.capabilities().contains(Capability.LOCAL);
        return Known.of(below).stream()
                .map(far -> here ? withCopies(far, near.info().join()) : far)
                .map(this::withTier)
                .toList();
    }

    private BackendInfo withCopies(BackendInfo far, BackendInfo copies) {
        BackendInfo both = far.with(tier() + " entries", Long.toString(copies.entries()));
        return copies.weightBytes() == BackendInfo.UNKNOWN
                ? both
                : both.with(tier() + " bytes", Long.toString(copies.weightBytes()));
    }

    private BackendInfo withTier(BackendInfo far) {
        return far.with(tier(), rules.address()).with("coherence", coherence.describe(ageMillis()));
    }

    private String tier() {
        return "tier " + rules.number();
    }

    /** Returns how old a copy may be; that of a copy may be as old as both. */
    private long ageMillis() {
        long own = coherence.nearTtlMillis();
        long before = below instanceof TieredBackend<K, V> tiered ? tiered.ageMillis() : Long.MAX_VALUE;
        return before == Long.MAX_VALUE || own == Long.MAX_VALUE ? own : own + before;
    }

    @Override
    public void close() {
        coherence.close();
        near.close();
        below.close();
    }

    /** Safe, because nothing but entries are put where the form is {@link CopyForm#AROUND}. */
    @SuppressWarnings("unchecked")
    private static <K, V> Backend<K, Object> widened(Backend<K, Entry<V>> near) {
        return (Backend<K, Object>) (Backend<K, ?>) near;
    }

    /** Safe, because an answer that is an entry is one of the cache's. */
    @SuppressWarnings("unchecked")
    private static <V> Entry<V> entryOf(Object answer) {
        return (Entry<V>) answer;
    }

    /** Safe, because a reply only gives its answer away. */
    @SuppressWarnings("unchecked")
    private static <V> Reply<@Nullable Entry<V>> found(Entry<V> entry) {
        return (Reply<@Nullable Entry<V>>) (Reply<?>) entry;
    }
}
