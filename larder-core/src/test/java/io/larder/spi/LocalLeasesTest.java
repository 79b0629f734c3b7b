package io.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Seed;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalLeasesTest {

    private static final Set<String> NONE = Set.of();

    private final LocalLeases<String, String> leases = new LocalLeases<>();

    @Test
    void oneStandsAtATime() {
        Lease<String> first = leases.take("a", "first");

        assertThat(leases.take("a", "second")).isEqualTo(first);
        assertThat(leases.take("b", "second").token()).isEqualTo("second");
        assertThat(leases.stands("a", first, NONE)).isTrue();
    }

    @Test
    void endsWithItsKey() {
        Lease<String> lease = leases.take("a", "first");

        leases.end("a");

        assertThat(leases.stands("a", lease, NONE)).isFalse();
        assertThat(leases.take("a", "second").token()).isEqualTo("second");
    }

    @Test
    void whoHasLostItEndsNobodyElses() {
        Lease<String> lost = leases.take("a", "first");
        leases.end("a");
        Lease<String> standing = leases.take("a", "second");

        leases.end("a", lost);

        assertThat(leases.stands("a", standing, NONE)).isTrue();
    }

    @Test
    void endsWhereThePatternMatches() {
        Lease<String> matching = leases.take("user:1", "first");
        Lease<String> other = leases.take("team:1", "second");

        leases.endIf(KeyPattern.glob("user:*")::matches);

        assertThat(leases.stands("user:1", matching, NONE)).isFalse();
        assertThat(leases.stands("team:1", other, NONE)).isTrue();
    }

    @Test
    void aTagsInvalidationEndsTheOlderLeasesOfItsEntriesOnly() {
        Lease<String> older = leases.take("a", "first");

        leases.invalidated("red");

        Lease<String> newer = leases.take("b", "second");
        assertThat(leases.stands("a", older, Set.of("blue", "red"))).isFalse();
        assertThat(leases.stands("a", older, Set.of("blue"))).isTrue();
        assertThat(leases.stands("a", older, NONE)).isTrue();
        assertThat(leases.stands("b", newer, Set.of("red"))).isTrue();
    }

    @Test
    void moreTagsThanCanBeToldApartEndTheOlderLeasesOfAllTaggedEntries() {
        Lease<String> older = leases.take("a", "first");

        for (int i = 0; i < 5_000; i++) {
            leases.invalidated("tag " + i);
        }

        Lease<String> newer = leases.take("b", "second");
        for (int i = 0; i < 5_000; i++) {
            assertThat(leases.stands("a", older, Set.of("tag " + i))).isFalse();
            assertThat(leases.stands("b", newer, Set.of("tag " + i))).isTrue();
        }
        assertThat(leases.stands("a", older, NONE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5_000})
    void noInvalidationIsUndoneByOthersOfTheSameOrOtherTags(int otherTags) throws Exception {
        Seed seed = new Seed();
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            Random random = seed.random();
            while (!done.get()) {
                leases.invalidated("tag " + random.nextInt(otherTags));
            }
        });
        other.start();
        try {
            for (int round = 0; round < 200_000; round++) {
                Lease<String> lease = leases.take("a", "token " + round);
                leases.invalidated("tag 0");

                assertThat(leases.stands("a", lease, Set.of("tag 0")))
                        .as("round %d, %s", round, seed)
                        .isFalse();
                leases.end("a");
            }
        } finally {
            done.set(true);
            other.join();
        }
    }
}
