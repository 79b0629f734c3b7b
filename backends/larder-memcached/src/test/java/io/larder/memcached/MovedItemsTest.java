package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that moves pages between its slab classes gives the items on them another CAS, though nobody has changed them. */
class MovedItemsTest extends OneServer {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Gives the item of a key another CAS and leaves it as it is, by appending nothing. */
    private void move(String key) {
        String before = cas(key);

        server.ask("ms " + cache.name(key) + " 0 MA\r\n");

        assertThat(cas(key)).isNotEqualTo(before);
    }

    private String cas(String key) {
        return server.ask("mg " + cache.name(key) + " c").get(0);
    }

    private Lease<byte[]> leased(String key, String token, LeaseTerms terms) {
        return (Lease<byte[]>) cache.backend.getOrLease(key, token, terms).join();
    }

    @Test
    void aLoadIsStoredUnderALeaseThatWasMoved() {
        Lease<byte[]> lease = leased("a", "mine", LeaseTerms.UNTAGGED);

        move("a");

        assertThat(cache.backend.putLeased("a", cache.entry("loaded"), lease).join())
                .isTrue();
        assertThat(cache.get("a")).isEqualTo("loaded");
    }

    @Test
    void aLeaseThatWasMovedCanBeGivenBack() {
        Lease<byte[]> lease = leased("a", "mine", LeaseTerms.UNTAGGED);

        move("a");
        cache.backend.release("a", lease).join();

        assertThat(leased("a", "another", LeaseTerms.UNTAGGED).token()).isEqualTo("another");
    }

    @Test
    void theEntryBehindALeaseThatWasMovedStaysWhenThatIsGivenBack() {
        cache.put("a", cache.entry("before", HOUR));
        LeaseTerms over = new LeaseTerms(false, cache.clock.millis());
        Lease<byte[]> lease = leased("a", "mine", over);

        move("a");
        cache.backend.release("a", lease).join();

        assertThat(cache.get("a")).isEqualTo("before");
        assertThat(leased("a", "another", over).token()).isEqualTo("another");
    }

    @Test
    void aTagThatWasInvalidatedBeforeTheMoveEndsTheLease() {
        cache.put("b", "1", "x");
        Lease<byte[]> lease = leased("a", "mine", LeaseTerms.TAGGED);
        Entry<byte[]> old = cache.entry("old", "x");

        cache.backend.invalidateTag("x").join();
        move("a");

        assertThat(cache.backend.putLeased("a", old, lease).join()).isFalse();
        assertThat(cache.get("a")).isNull();
        assertThat(leased("a", "another", LeaseTerms.TAGGED).token()).isEqualTo("another");
    }

    @Test
    void whatIsWrittenMeanwhileIsNotReplaced() {
        Lease<byte[]> lease = leased("a", "mine", LeaseTerms.UNTAGGED);

        cache.put("a", "written");
        move("a");

        assertThat(cache.backend.putLeased("a", cache.entry("loaded"), lease).join())
                .isFalse();
        assertThat(cache.get("a")).isEqualTo("written");
    }
}
