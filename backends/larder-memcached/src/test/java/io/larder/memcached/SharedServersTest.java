package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two programs on the same servers see each other's changes at once. */
@Timeout(60)
class SharedServersTest {

    @AutoClose
    private static MemcachedGroup servers;

    private Opened one;
    private Opened other;

    @BeforeAll
    static void start() {
        servers = MemcachedGroup.start(3, Urls.SMALL);
    }

    @BeforeEach
    void open() {
        String url = Urls.of(servers.servers()) + "?lease=1s&clock-skew=1h";
        one = new Opened(url);
        other = new Opened(url);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        servers.servers().forEach(server -> server.ask("flush_all"));
    }

    @Test
    void whatOneTagsAnotherInvalidates() {
        for (int i = 0; i < 20; i++) {
            one.put("key-" + i, "1", i % 2 == 0 ? "even" : "odd");
        }

        assertThat(other.tagged("even")).hasSize(10);
        assertThat(other.backend.invalidateTag("even").join()).isEqualTo(10);

        for (int i = 0; i < 20; i++) {
            assertThat(one.get("key-" + i)).isEqualTo(i % 2 == 0 ? null : "1");
        }
    }

    @Test
    void whatOneClearsAnotherStoresAnew() {
        one.put("a", "1");
        other.put("b", "1");

        one.backend.clear().join();

        assertThat(other.get("a")).isNull();
        other.put("b", "2");
        assertThat(one.get("b")).isEqualTo("2");
        assertThat(other.get("b")).isEqualTo("2");
    }

    @Test
    void aLoadOfOneIsDroppedByTheOther() {
        Lease<byte[]> lease = (Lease<byte[]>)
                one.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();

        assertThat(other.backend.getOrLease("a", "another", LeaseTerms.TAGGED).join())
                .isEqualTo(lease);
        other.backend.remove("a").join();

        assertThat(one.backend.putLeased("a", one.entry("old"), lease).join()).isFalse();
    }

    @Test
    void whoeverComesAfterALeaseEndedTakesOver() {
        Lease<byte[]> dead = (Lease<byte[]>)
                one.backend.getOrLease("a", "of one", LeaseTerms.TAGGED).join();

        Lease<byte[]> next = takenOver("a");

        assertThat(one.backend.putLeased("a", one.entry("old"), dead).join()).isFalse();
        assertThat(other.backend.putLeased("a", other.entry("new"), next).join())
                .isTrue();
        assertThat(one.get("a")).isEqualTo("new");
    }

    @Test
    void aStaleValueStaysWhileOneLeaseFollowsAnother() {
        long now = one.clock.millis();
        one.put(
                "a",
                one.entry(
                        "stale",
                        new Lifetime(now, now + 10, now + Duration.ofDays(90).toMillis())));
        one.clock.advance(Duration.ofMillis(10));
        other.clock.advance(Duration.ofMillis(10));
        Lease<byte[]> dead = (Lease<byte[]>)
                one.backend.getOrLease("a", "of one", LeaseTerms.TAGGED).join();

        Lease<byte[]> next = takenOver("a");

        assertThat(one.get("a")).isEqualTo("stale");
        assertThat(one.backend.putLeased("a", one.entry("old"), dead).join()).isFalse();
        assertThat(other.backend.putLeased("a", other.entry("new"), next).join())
                .isTrue();
    }

    /** Asks until the server's clock, which nobody can turn, has ended the lease. */
    private Lease<byte[]> takenOver(String key) {
        Lease<byte[]> lease = (Lease<byte[]>)
                other.backend.getOrLease(key, "of other", LeaseTerms.TAGGED).join();
        while (!lease.token().equals("of other")) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            lease = (Lease<byte[]>)
                    other.backend.getOrLease(key, "of other", LeaseTerms.TAGGED).join();
        }
        return lease;
    }

    @Test
    void theServerKeepsAnEntryForLongerThanThirtyDays() {
        one.put("a", one.entry("1", Duration.ofDays(40)));
        one.put("b", one.entry("1", Duration.ofDays(36_525)));
        one.put("c", one.entry("1", Duration.ofDays(29)));

        assertThat(ttlSeconds("a")).isBetween(40L * 86_400 - 60, 40L * 86_400 + 3_700);
        assertThat(ttlSeconds("b")).isEqualTo(-1);
        assertThat(ttlSeconds("c")).isBetween(29L * 86_400 - 60, 29L * 86_400 + 3_700);
    }

    private long ttlSeconds(String key) {
        for (MemcachedServer server : servers.servers()) {
            String answer = server.ask("mg " + one.name(key) + " t").get(0);
            if (answer.startsWith("HD t")) {
                return Long.parseLong(answer.substring("HD t".length()));
            }
        }
        throw new AssertionError("no server has " + key);
    }

    @Test
    void aListOfMembersDoesNotGrowByWritingTheSameKeys() {
        int writes = 40 * TagLists.LOOKS;
        for (int i = 0; i < writes; i++) {
            one.put("key-" + i % 3, "1", "x");
        }

        long sizeBytes = servers.servers().stream()
                .flatMap(server -> server.ask("lru_crawler metadump hash").stream())
                .filter(line -> line.contains("test%3A1%3Al%3A"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*size=(\\d+).*", "$1")))
                .sum();
        assertThat(sizeBytes).isLessThan(writes * 37L / 2);
        assertThat(one.tagged("x")).containsExactly("key-0", "key-1", "key-2");
        assertThat(other.backend.invalidateTag("x").join()).isEqualTo(3);
    }

    @Test
    void aListThatOutgrowsItsItemIsMadeUpForByAWalk() {
        String key = "k".repeat(100_000);
        for (int i = 0; i < 40; i++) {
            one.put(key + i, "1", "x");
        }

        assertThat(other.tagged("x")).hasSize(40);
        assertThat(other.backend.invalidateTag("x").join()).isEqualTo(40);
        assertThat(one.tagged("x")).isEmpty();
    }
}
