package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One load at a time holds a key's lease, and loses it as soon as the key is written, removed or invalidated. */
abstract class LeasePromises<V> extends Promises<V> {

    LeasePromises(BackendContract<V> contract) {
        super(contract);
    }

    @Test
    void grantsALeaseOnceAndShowsItToOthers() {
        Lease<V> granted = backend.lease("a", "t1");

        assertThat(backend.leaseShown("a", "t2")).isEqualTo(granted);
        assertThat(backend.leaseShown("a", "t1")).isEqualTo(granted);
        assertThat(backend.lease("b", "t3").token()).isEqualTo("t3");
    }

    @Test
    void showsAFreshEntryInsteadOfALease() {
        contract.needs(Capability.STORAGE);
        backend.put("a", "1");

        assertThat(backend.lookup("a", "t1")).isInstanceOf(Entry.class);
        assertThat(backend.get("a")).isEqualTo("1");
    }

    @Test
    void grantsALeaseOnWhatIsStaleOrExpired() {
        contract.needs(Capability.STORAGE);
        backend.put("stale", backend.entry("1", backend.lifetime(Duration.ofSeconds(1), Duration.ofSeconds(9))));
        backend.put("expired", backend.entry("1", Duration.ofSeconds(1)));
        contract.clock().advance(Duration.ofSeconds(1));

        Lease<V> lease = backend.lease("stale", "t1");
        backend.lease("expired", "t2");

        assertThat(backend.get("stale")).isEqualTo("1");
        assertThat(backend.putLeased("stale", backend.entry("2"), lease)).isTrue();
        assertThat(backend.get("stale")).isEqualTo("2");
    }

    @Test
    void storesUnderALeaseThatStandsAndEndsIt() {
        contract.needs(Capability.STORAGE);
        Lease<V> lease = backend.lease("a", "t1");

        assertThat(backend.putLeased("a", backend.entry("1"), lease)).isTrue();
        assertThat(backend.get("a")).isEqualTo("1");
        assertThat(backend.putLeased("a", backend.entry("2"), lease)).isFalse();
        assertThat(backend.get("a")).isEqualTo("1");
        backend.remove("a");
        backend.lease("a", "t2");
    }

    @Test
    void storesTheTagsOfALoadedEntry() {
        contract.needs(Capability.STORAGE);
        contract.needs(Capability.TAGS);
        Lease<V> lease = backend.lease("a", "t1");

        backend.putLeased("a", backend.entry("1", "x"), lease);

        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "1"));
        assertThat(backend.invalidateTag("x")).isEqualTo(1);
    }

    @Test
    void doesNotStoreAnEntryWhoseTimeIsOverButSaysThatTheLeaseStood() {
        Lease<V> lease = backend.lease("a", "t1");

        assertThat(backend.putLeased("a", backend.entry("1", Duration.ZERO), lease))
                .isTrue();
        assertThat(backend.find("a")).isNull();
        backend.lease("a", "t2");
    }

    @Test
    void aReleasedLeaseIsFreeForTheNext() {
        Lease<V> first = backend.lease("a", "t1");

        backend.release("a", first);

        assertThat(backend.find("a")).isNull();
        assertThat(backend.putLeased("a", backend.entry("1"), first)).isFalse();
        Lease<V> second = backend.lease("a", "t2");
        backend.release("a", first);
        assertThat(backend.leaseShown("a", "t3")).isEqualTo(second);
    }

    @Test
    void aLeaseThatNobodyGrantedStoresNothing() {
        Lease<V> standing = backend.lease("a", "t1");

        assertThat(backend.putLeased("a", backend.entry("1"), new Lease<>("invented", standing.epoch())))
                .isFalse();
        assertThat(backend.find("a")).isNull();
        assertThat(backend.leaseShown("a", "t2")).isEqualTo(standing);
    }

    /** What ends the lease on key "a", by what it is. */
    private Map<String, Consumer<Caller<V>>> changes() {
        Map<String, Consumer<Caller<V>>> changes = new LinkedHashMap<>();
        changes.put("put", cache -> cache.put("a", "new"));
        changes.put("put of what is over", cache -> cache.put("a", cache.entry("new", Duration.ZERO)));
        changes.put("putAll", cache -> cache.putAll(Map.of("a", cache.entry("new"), "b", cache.entry("new"))));
        changes.put("putIfAbsent", cache -> cache.putIfAbsent("a", cache.entry("new")));
        changes.put("remove", cache -> cache.remove("a"));
        changes.put("removeAll", cache -> cache.removeAll(List.of("b", "a")));
        changes.put("expire to zero", cache -> cache.expire("a", Duration.ZERO));
        changes.put("clear", Caller::clear);
        if (contract.backend().capabilities().contains(Capability.COUNTERS)) {
            changes.put("add", cache -> cache.add("a", 1));
        }
        if (contract.backend().capabilities().contains(Capability.LISTING)) {
            changes.put("removeMatching", cache -> cache.removeMatching("[a]"));
            changes.put("removeMatching of all", cache -> cache.removeMatching("*"));
        }
        return changes;
    }

    @Test
    void aChangeOfTheKeyEndsTheLease() {
        changes().forEach((what, change) -> {
            backend.clear();
            Lease<V> lease = backend.lease("a", "before " + what);

            change.accept(backend);
            String changed = backend.get("a");

            assertThat(backend.putLeased("a", backend.entry("loaded"), lease))
                    .as("whether the lease stood after %s", what)
                    .isFalse();
            assertThat(backend.get("a")).as("value after %s", what).isEqualTo(changed);
        });
    }

    @Test
    void aLoadThatStartsAfterTheChangeIsGrantedANewLease() {
        contract.needs(Capability.STORAGE);
        Lease<V> before = backend.lease("a", "before");
        backend.remove("a");

        Lease<V> after = backend.lease("a", "after");

        assertThat(backend.putLeased("a", backend.entry("old"), before)).isFalse();
        assertThat(backend.leaseShown("a", "third")).isEqualTo(after);
        assertThat(backend.putLeased("a", backend.entry("new"), after)).isTrue();
        assertThat(backend.get("a")).isEqualTo("new");
    }

    @Test
    void aTagThatWasInvalidatedSinceIsFoundAtTheStore() {
        contract.needs(Capability.TAGS);
        Lease<V> lease = backend.lease("a", "t1");

        backend.invalidateTag("x");

        assertThat(backend.putLeased("a", backend.entry("1", "y", "x"), lease)).isFalse();
        assertThat(backend.find("a")).isNull();
        Lease<V> next = backend.lease("a", "t2");
        assertThat(backend.putLeased("a", backend.entry("2", "x"), next)).isTrue();
    }

    @Test
    void whoSeesALeaseAfterAnInvalidationIsNotToldThatItStood() {
        contract.needs(Capability.TAGS);
        Entry<V> old = backend.entry("old", "x");

        assertThat(standsForWhoSeesItAfterAnInvalidation(old)).isFalse();
        assertThat(backend.find("a")).isNull();
    }

    @Test
    void norIfNothingIsToBeStored() {
        contract.needs(Capability.TAGS);
        Entry<V> over = backend.entry("old", Duration.ZERO, "x");

        assertThat(standsForWhoSeesItAfterAnInvalidation(over)).isFalse();
    }

    private boolean standsForWhoSeesItAfterAnInvalidation(Entry<V> loaded) {
        backend.put("b", backend.entry("1", "x"));
        Lease<V> lease = backend.lease("a", "t1");
        BooleanSupplier storing = backend.beginPutLeased("a", loaded, lease);
        backend.invalidateTag("x");
        boolean isSeen = backend.lookup("a", "t2").equals(lease);
        boolean stood = storing.getAsBoolean();
        return isSeen && stood;
    }

    @Test
    void changesOfOtherKeysAndTagsDoNotEndALease() {
        contract.needs(Capability.STORAGE);
        backend.put(
                "b",
                "1",
                contract.backend().capabilities().contains(Capability.TAGS) ? new String[] {"y"} : new String[0]);
        Lease<V> lease = backend.lease("a", "t1");

        backend.put("b", "2");
        backend.remove("b");
        backend.putAll(Map.of("c", backend.entry("1")));
        backend.removeAll(List.of("b", "c"));
        backend.expire("b", Duration.ZERO);
        backend.release("b", backend.lease("b", "t2"));
        if (contract.backend().capabilities().contains(Capability.TAGS)) {
            backend.invalidateTag("y");
        }
        if (contract.backend().capabilities().contains(Capability.LISTING)) {
            backend.removeMatching("b*");
        }

        assertThat(backend.putLeased("a", backend.entry("loaded"), lease)).isTrue();
        assertThat(backend.get("a")).isEqualTo("loaded");
    }

    @Test
    void readingDoesNotEndALease() {
        Lease<V> lease = backend.lease("a", "t1");

        backend.get("a");
        backend.getAll("a", "b");
        if (contract.backend().capabilities().contains(Capability.LISTING)) {
            backend.entries("*");
        }

        assertThat(backend.putLeased("a", backend.entry("loaded"), lease)).isTrue();
    }

    @Test
    void aTagOfThePastDoesNotStopALoadOfToday() {
        contract.needs(Capability.TAGS);
        contract.needs(Capability.STORAGE);
        for (int i = 0; i < 3_000; i++) {
            backend.invalidateTag("x" + i);
        }

        Lease<V> lease = backend.lease("a", "t1");

        assertThat(backend.putLeased("a", backend.entry("1", "x0", "x2999"), lease))
                .isTrue();
        assertThat(backend.get("a")).isEqualTo("1");
    }

    @Test
    void theTagsOfAnEntryThatIsGoneDoNotEndTheLeaseOnItsKey() {
        contract.needs(Capability.TAGS);
        contract.needs(Capability.STORAGE);
        backend.put("a", backend.entry("1", backend.lifetime(Duration.ofSeconds(1), Duration.ofSeconds(2)), "x"));
        contract.clock().advance(Duration.ofSeconds(1));
        Lease<V> lease = backend.lease("a", "t1");
        contract.clock().advance(Duration.ofSeconds(2));

        assertThat(backend.invalidateTag("x")).isZero();

        assertThat(backend.putLeased("a", backend.entry("2"), lease)).isTrue();
        assertThat(backend.get("a")).isEqualTo("2");
    }

    @Test
    void noInvalidationIsForgottenHoweverManyFollow() {
        contract.needs(Capability.TAGS);
        Lease<V> lease = backend.lease("a", "t1");

        backend.invalidateTag("x");
        for (int i = 0; i < 3_000; i++) {
            backend.invalidateTag("other-" + i);
        }

        assertThat(backend.putLeased("a", backend.entry("1", "x"), lease)).isFalse();
        assertThat(backend.find("a")).isNull();
    }
}
