package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.CacheScope;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemNamesTest {

    private static final List<String> KEYS = List.of(
            "",
            "a",
            "a b",
            "é",
            "h:",
            "a".repeat(150),
            "a".repeat(250),
            " ".repeat(150),
            "é".repeat(100),
            "a".repeat(10_000));

    private final ItemNames names = new ItemNames(new CacheScope("shop", "users", 1));

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    @Test
    void namesCanBeReadByAnOperator() {
        assertThat(text(names.entry("user:42"))).isEqualTo("larder:shop:users:1:e:user:42");
        assertThat(text(names.tagMarker("team:7"))).isEqualTo("larder:shop:users:1:t:team:7");
        assertThat(text(names.marker())).isEqualTo("larder:shop:users:1:m");
        assertThat(text(names.tagList(255))).isEqualTo("larder:shop:users:1:l:00000000000000ff");
    }

    @Test
    void everyNameFitsIntoTheProtocol() {
        ItemNames longest = new ItemNames(new CacheScope("n".repeat(500), "c", 1));

        for (ItemNames each : List.of(names, longest)) {
            Set<String> all = new HashSet<>();
            for (String key : KEYS) {
                for (byte[] name :
                        List.of(each.entry(key), each.tagMarker(key), each.chunk(each.entry(key), 1, 9_999))) {
                    MetaRequest.get(name, MetaFlags.NONE);
                    all.add(text(name));
                }
            }
            assertThat(all).hasSize(3 * KEYS.size());
        }
    }

    @Test
    void aKeyIsInItsNameUnlessItIsHashed() {
        for (String key : KEYS) {
            byte[] name = names.entry(key);

            assertThat(names.keyIn(name)).isEqualTo(names.isHashed(name) ? null : key);
        }
        assertThat(names.isHashed(names.entry("a".repeat(10_000)))).isTrue();
        assertThat(names.isHashed(names.entry("h:a"))).isFalse();
    }

    @Test
    void scopesShareNoName() {
        Set<String> all = new HashSet<>();
        for (CacheScope scope : List.of(
                new CacheScope("", "a", 1),
                new CacheScope("a", "", 1),
                new CacheScope("", "a", 11),
                new CacheScope("", "a:1", 1),
                new CacheScope("#", "a", 1),
                new CacheScope("x".repeat(200), "a", 1),
                new CacheScope("x".repeat(200), "a", 2))) {
            all.add(text(new ItemNames(scope).entry("k")));
        }

        assertThat(all).hasSize(7);
    }
}
