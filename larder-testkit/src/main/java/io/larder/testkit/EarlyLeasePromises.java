package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fresh entry can be leased, too: it stays what it is until its replacement is stored, and any change of it ends the lease. */
abstract class EarlyLeasePromises<V> extends Promises<V> {

    private Entry<V> old;

    EarlyLeasePromises(BackendContract<V> contract) {
        super(contract);
    }

    @BeforeEach
    void putAnEntryAWhileAgo() {
        contract.needs(Capability.STORAGE);
        old = contract.backend().capabilities().contains(Capability.TAGS)
                ? backend.entry("1", Duration.ofHours(1), "x")
                : backend.entry("1", Duration.ofHours(1));
        backend.put("a", old);
        contract.clock().advance(Duration.ofSeconds(1));
    }

    private Lease<V> early(String token) {
        return (Lease<V>) backend.lookupOver("a", token, old);
    }

    @Test
    void aFreshEntryIsLeasedToOneAndStays() {
        Lease<V> lease = early("t1");

        assertThat(early("t2")).isEqualTo(lease);
        assertThat(lease.token()).isEqualTo("t1");
        assertThat(backend.get("a")).isEqualTo("1");
        assertThat(backend.getAll("a")).isEqualTo(Map.of("a", "1"));
        assertThat(backend.lookup("a", "t3")).isInstanceOf(Entry.class);
        assertThat(backend.putIfAbsent("a", backend.entry("2"))).isFalse();
    }

    @Test
    void itsReplacementTakesItsPlaceWithNewTags() {
        Lease<V> lease = early("t1");
        Entry<V> next = contract.backend().capabilities().contains(Capability.TAGS)
                ? backend.entry("2", "y")
                : backend.entry("2");

        assertThat(backend.putLeased("a", next, lease)).isTrue();

        assertThat(backend.get("a")).isEqualTo("2");
        assertThat(backend.lookupOver("a", "t2", old)).as("what was made later").isInstanceOf(Entry.class);
        if (contract.backend().capabilities().contains(Capability.TAGS)) {
            assertThat(backend.invalidateTag("x")).isZero();
            assertThat(backend.invalidateTag("y")).isEqualTo(1);
        }
    }

    @Test
    void aReplacementWhoseTimeIsOverRemovesIt() {
        Lease<V> lease = early("t1");

        assertThat(backend.putLeased("a", backend.entry("2", Duration.ZERO), lease))
                .isTrue();

        assertThat(backend.find("a")).isNull();
    }

    @Test
    void aReleasedLeaseLeavesItAsItWas() {
        Lease<V> lease = early("t1");

        backend.release("a", lease);

        assertThat(backend.get("a")).isEqualTo("1");
        assertThat(backend.putLeased("a", backend.entry("2"), lease)).isFalse();
        assertThat(early("t2").token()).isEqualTo("t2");
    }

    @Test
    void itEndsAtItsOwnTimeThoughItIsLeased() {
        early("t1");

        contract.clock().advance(Duration.ofHours(1));

        assertThat(backend.get("a")).isNull();
    }

    /** What ends the lease on the entry under key "a". */
    private Map<String, Consumer<Caller<V>>> changes() {
        Map<String, Consumer<Caller<V>>> changes = new LinkedHashMap<>();
        changes.put("put", cache -> cache.put("a", "new"));
        changes.put("putAll", cache -> cache.putAll(Map.of("a", cache.entry("new"))));
        changes.put("replace", cache -> cache.replace("a", cache.entry("new")));
        changes.put("remove", cache -> cache.remove("a"));
        changes.put("removeAll", cache -> cache.removeAll(List.of("a")));
        changes.put("expire", cache -> cache.expire("a", Duration.ofMinutes(1)));
        changes.put("expire to zero", cache -> cache.expire("a", Duration.ZERO));
        changes.put("clear", Caller::clear);
        if (contract.backend().capabilities().contains(Capability.TAGS)) {
            changes.put("invalidateTag", cache -> cache.invalidateTag("x"));
        }
        if (contract.backend().capabilities().contains(Capability.LISTING)) {
            changes.put("removeMatching", cache -> cache.removeMatching("[a]"));
        }
        return changes;
    }

    @Test
    void countingEndsTheLeaseOnACounter() {
        contract.needs(Capability.COUNTERS);
        backend.add("n", 1);
        Lease<V> lease = (Lease<V>) backend.lookupOver("n", "t1", Objects.requireNonNull(backend.find("n")));

        assertThat(backend.add("n", 1)).isEqualTo(2);

        assertThat(backend.putLeased("n", backend.entry("loaded"), lease)).isFalse();
        assertThat(backend.get("n")).isEqualTo("2");
    }

    @Test
    void aChangeOfItEndsTheLease() {
        changes().forEach((what, change) -> {
            backend.clear();
            backend.put("a", old);
            Lease<V> lease = early("before " + what);

            change.accept(backend);
            String changed = backend.get("a");

            assertThat(backend.putLeased("a", backend.entry("loaded"), lease))
                    .as("whether the lease stood after %s", what)
                    .isFalse();
            assertThat(backend.get("a")).as("value after %s", what).isEqualTo(changed);
        });
    }
}
