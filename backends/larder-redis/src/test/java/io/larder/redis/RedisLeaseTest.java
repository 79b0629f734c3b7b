package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads in one program against invalidations in another, and against a server that forgets. */
class RedisLeaseTest {

    private static final EntryOptions TAGGED = EntryOptions.tagged("x");

    @AutoClose
    private static RedisServer server;

    private Larder loading;
    private Larder invalidating;
    private Cache<String, String> loads;
    private Cache<String, String> invalidations;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @BeforeEach
    void open() {
        loading = Larder.open(Urls.of(server) + "?codec=string&timeout=20s");
        invalidating = Larder.open(Urls.of(server) + "?codec=string&timeout=20s");
        loads = loading.cache("c", String.class, String.class).build();
        invalidations = invalidating.cache("c", String.class, String.class).build();
    }

    @AfterEach
    void close() {
        loading.close();
        invalidating.close();
        server.command("FLUSHALL");
    }

    private String leftOfALoad(Runnable meanwhile) {
        return leftOfALoad(TAGGED, meanwhile);
    }

    /** Loads "old" while {@code meanwhile} happens, and returns what the cache has afterwards. */
    private String leftOfALoad(EntryOptions options, Runnable meanwhile) {
        String loaded = loads.get(
                "a",
                key -> {
                    meanwhile.run();
                    return "old";
                },
                options);
        assertThat(loaded).isEqualTo("old");
        return invalidations.get("a");
    }

    @Test
    void aLoadIsStoredWhenNothingHappens() {
        assertThat(leftOfALoad(() -> invalidations.put("b", "1", TAGGED))).isEqualTo("old");
    }

    @Test
    void anotherProgramsChangesAreNotUndone() {
        assertThat(leftOfALoad(() -> invalidations.remove("a"))).isNull();
        assertThat(leftOfALoad(() -> invalidations.invalidateTag("x"))).isNull();
        assertThat(leftOfALoad(() -> invalidations.removeMatching("a*"))).isNull();
        assertThat(leftOfALoad(invalidations::clear)).isNull();
        assertThat(leftOfALoad(() -> invalidations.put("a", "new"))).isEqualTo("new");
    }

    @Test
    void norAreTheyByALoadWithoutTags() {
        assertThat(leftOfALoad(EntryOptions.DEFAULT, () -> invalidations.remove("a")))
                .isNull();
        assertThat(leftOfALoad(EntryOptions.DEFAULT, () -> invalidations.removeMatching("a*")))
                .isNull();
        assertThat(leftOfALoad(EntryOptions.DEFAULT, invalidations::clear)).isNull();
        assertThat(leftOfALoad(EntryOptions.DEFAULT, () -> invalidations.put("a", "new")))
                .isEqualTo("new");
        invalidations.remove("a");
        assertThat(leftOfALoad(EntryOptions.DEFAULT, () -> invalidations.invalidateTag("x")))
                .isEqualTo("old");
    }

    @Test
    void aServerThatWasFlushedTakesNoStoreFromBefore() {
        assertThat(leftOfALoad(() -> server.command("FLUSHALL"))).isNull();
    }

    @Test
    void marksThatWereEvictedAreNoticed() {
        assertThat(leftOfALoad(() -> {
                    invalidations.invalidateTag("x");
                    server.command("DEL", "larder::c:1:m");
                }))
                .isNull();
    }

    @Test
    void marksThatWereEvictedAndCameAgainAreNoticed() {
        assertThat(leftOfALoad(() -> {
                    invalidations.invalidateTag("x");
                    server.command("DEL", "larder::c:1:m");
                    invalidations.invalidateTag("y");
                }))
                .isNull();
    }

    @Test
    void aLeaseThatWasEvictedStoresNothing() {
        assertThat(leftOfALoad(() -> server.command("DEL", "larder::c:1:e:a"))).isNull();
    }

    @Test
    void anInvalidationIsNotForgottenAmongManyOthers() {
        assertThat(leftOfALoad(() -> {
                    invalidations.invalidateTag("x");
                    for (int i = 0; i < 5_000; i++) {
                        invalidations.invalidateTag("other-" + i);
                    }
                }))
                .isNull();
    }

    @Test
    void aServerWithoutMemoryForAMarkGivesTheLeasesUp() {
        assertThat(leftOfALoad(() -> {
                    server.command("CONFIG", "SET", "maxmemory", "1");
                    invalidations.invalidateTag("x");
                    server.command("CONFIG", "SET", "maxmemory", "0");
                }))
                .isNull();
    }

    @Test
    void aPutThatFindsNoMemoryChangesNothing() {
        invalidations.put("a", "1", TAGGED);
        server.command("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> invalidations.put("a", "2", EntryOptions.tagged("y")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("maxmemory");

        server.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(invalidations.get("a")).isEqualTo("1");
        assertThat(invalidations.invalidateTag("x")).isEqualTo(1);
        assertThat(invalidations.invalidateTag("y")).isZero();
    }
}
