package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.DamagedEntry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a server loses, by eviction or by somebody's {@code flush_all}, reads as invalidated and never as still valid. */
class LostItemsTest extends OneServer {

    /** Removes what the server has under a name that ends like this, as if it had been evicted. */
    private static void lose(String kind) {
        List<String> lost = server.ask("lru_crawler metadump hash").stream()
                .filter(line -> line.startsWith("key=larder%3A%3Atest%3A1%3A" + kind))
                .map(line -> line.substring("key=".length(), line.indexOf(' ')).replace("%3A", ":"))
                .toList();
        assertThat(lost).as("items of kind %s", kind).isNotEmpty();
        lost.forEach(name -> server.ask("md " + name));
    }

    @Test
    void anEntryWithoutTheCachesMarkerIsGone() {
        cache.put("a", "1");
        cache.put("b", "2", "x");

        lose("m");

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isNull();
        assertThat(Opened.all(cache.backend.keys(KeyPattern.ALL))).isEmpty();
        cache.put("c", "3");
        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("c")).isEqualTo("3");
    }

    @Test
    void anEntryWithoutItsTagsMarkerIsGone() {
        cache.put("a", "1", "x");
        cache.put("b", "2", "y");

        lose("t%3Ax");

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isEqualTo("2");
        cache.put("c", "3", "x");
        assertThat(cache.get("a")).isNull();
        assertThat(cache.tagged("x")).containsExactly("c");
    }

    @Test
    void aListThatIsLostIsMadeUpForByAWalk() {
        cache.put("a", "1", "x");
        cache.put("b", "2", "x", "y");
        cache.put("c", "3", "y");

        lose("l");

        assertThat(cache.tagged("x")).containsExactly("a", "b");
        cache.put("d", "4", "x");
        assertThat(cache.tagged("x")).containsExactly("a", "b", "d");
        assertThat(cache.backend.invalidateTag("x").join()).isEqualTo(3);
        assertThat(cache.get("a")).isNull();
        assertThat(cache.tagged("y")).containsExactly("c");
        assertThat(cache.backend.invalidateTag("y").join()).isEqualTo(1);
    }

    @Test
    void flushAllLeavesNothing() {
        cache.put("a", "1");
        cache.put("b", "2", "x");
        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("c", "token", LeaseTerms.TAGGED).join();

        server.ask("flush_all");

        assertThat(cache.get("a")).isNull();
        assertThat(cache.tagged("x")).isEmpty();
        assertThat(cache.backend.putLeased("c", cache.entry("old"), lease).join())
                .isFalse();
        cache.put("a", "2", "x");
        assertThat(cache.get("a")).isEqualTo("2");
        assertThat(cache.backend.invalidateTag("x").join()).isEqualTo(1);
    }

    @Test
    void aLoadWhoseTagWasInvalidatedIsDroppedThoughTheTagsMarkerIsLost() {
        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();
        cache.backend.invalidateTag("x").join();

        lose("t%3Ax");

        assertThat(cache.backend.putLeased("a", cache.entry("old", "x"), lease).join())
                .isFalse();
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aLoadIsDroppedWhenNobodyKnowsAnyMoreWhichTagsWereInvalidated() {
        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();
        cache.backend.invalidateTag("x").join();

        lose("t%3Ax");
        lose("j");
        cache.backend.invalidateTag("y").join();

        assertThat(cache.backend.putLeased("a", cache.entry("old", "x"), lease).join())
                .isFalse();
    }

    @Test
    void aLoadIsNotDroppedForTagsOfOthers() {
        cache.backend.invalidateTag("x").join();
        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();
        cache.backend.invalidateTag("y").join();
        cache.put("b", "1", "z");

        assertThat(cache.backend
                        .putLeased("a", cache.entry("new", "x", "z", "w"), lease)
                        .join())
                .isTrue();
        assertThat(cache.get("a")).isEqualTo("new");
    }

    @Test
    void aLostHoleIsALostLease() {
        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();

        server.ask("md " + cache.name("a"));

        assertThat(cache.backend.putLeased("a", cache.entry("old"), lease).join())
                .isFalse();
    }

    @Test
    void whatSomebodyElsePutThereIsDamaged() {
        server.ask("set " + cache.name("a") + " 0 0 5\r\nhello");

        assertThat(cache.backend.get("a").join()).isInstanceOf(DamagedEntry.class);
        cache.put("a", "1");
        assertThat(cache.get("a")).isEqualTo("1");
    }
}
