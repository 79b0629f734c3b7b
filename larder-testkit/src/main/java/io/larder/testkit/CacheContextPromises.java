package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.ContextLoader;
import io.larder.EntryOptions;
import io.larder.LoadContext;
import io.larder.LoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A loader chooses how its value is kept, and may leave the value that is there as it is. */
abstract class CacheContextPromises extends CachePromises {

    private static final Duration STALE_FOR = Duration.ofHours(1);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final AtomicReference<@Nullable CacheEntry<?, String>> shown = new AtomicReference<>();

    CacheContextPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    /** A cache whose callers wait for a reload, and in which every stale entry stays. */
    private Cache<String, String> keeping() {
        return contract.cache(
                "keeping", setup -> setup.ttl(TTL).staleFor(STALE_FOR).staleWait(EntryOptions.NEVER));
    }

    private EntryOptions tagged() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    private @Nullable String notModified(String key, LoadContext<String> context) {
        shown.set(context.previous());
        return context.notModified();
    }

    @Test
    void theLoaderChoosesTtlAndStaleFor() {
        Cache<String, String> brief = contract.cache("brief", setup -> setup.ttl(Duration.ofDays(1)));

        assertThat(brief.get("a", EntryOptions.DEFAULT, (key, context) -> {
                    assertThat(context.options().ttl()).isEqualTo(Duration.ofDays(1));
                    assertThat(context.previous()).isNull();
                    context.options(EntryOptions.ttl(TTL).staleFor(STALE_FOR));
                    return "old";
                }))
                .isEqualTo("old");

        assertThat(existing(brief, "a").remaining()).isEqualTo(TTL);
        pass(TTL);
        assertThat(brief.get("a", EntryOptions.DEFAULT, (key, context) -> "new"))
                .isEqualTo("old");
        Await.until("the value is reloaded", WITHIN, () -> "new".equals(brief.get("a")));
        assertThat(existing(brief, "a").remaining()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void theLoaderChoosesTags() {
        contract.needs(Capability.TAGS);

        cache.get("a", EntryOptions.tagged("call"), (key, context) -> {
            context.options(EntryOptions.tagged("chosen"));
            return "1";
        });

        assertThat(existing(cache, "a").tags()).containsExactlyInAnyOrder("call", "chosen");
        assertThat(cache.invalidateTag("chosen")).isEqualTo(1);
    }

    @Test
    void aTagThatIsInvalidatedWhileItsEntryLoadsKeepsItFromBeingStored() {
        contract.needs(Capability.TAGS);

        String answer = cache.get("a", EntryOptions.DEFAULT, (key, context) -> {
            cache.invalidateTag("x");
            context.options(EntryOptions.tagged("x"));
            return "before";
        });

        assertThat(answer).isEqualTo("before");
        assertThat(cache.find("a")).isNull();
    }

    @Test
    void whatIsNotToBeStoredIsAnsweredOnly() {
        Cache<String, String> keeping = keeping();
        keeping.put("b", "old");
        pass(TTL);
        ContextLoader<String, String> loader = (key, context) -> {
            context.doNotStore();
            return "for you";
        };

        assertThat(keeping.get("a", EntryOptions.DEFAULT, loader)).isEqualTo("for you");
        assertThat(keeping.get("b", EntryOptions.DEFAULT, loader)).isEqualTo("for you");

        assertThat(keeping.find("a")).isNull();
        assertThat(keeping.find("b")).isNull();
    }

    @Test
    void thatThereIsNoneIsKeptAsLongAsTheLoaderChooses() {
        assertThat(cache.get("a", EntryOptions.DEFAULT, (key, context) -> {
                    context.options(EntryOptions.DEFAULT.missTtl(TTL));
                    return null;
                }))
                .isNull();

        assertThat(existing(cache, "a").isNothing()).isTrue();
        assertThat(existing(cache, "a").remaining()).isEqualTo(TTL);
        assertThat(cache.get("b", EntryOptions.DEFAULT, (key, context) -> null)).isNull();
        assertThat(cache.find("b")).isNull();
    }

    @Test
    void whatWasNotModifiedIsFreshAgainAndKeepsItsTags() {
        Cache<String, String> keeping = keeping();
        keeping.put("a", "old", tagged());
        pass(TTL);

        assertThat(keeping.get("a", EntryOptions.DEFAULT, this::notModified)).isEqualTo("old");

        assertThat(shown.get()).isNotNull().satisfies(entry -> {
            assertThat(entry.value()).isEqualTo("old");
            assertThat(entry.stale()).isTrue();
            assertThat(entry.tags()).isEqualTo(tagged().tags());
        });
        assertThat(keeping.get("a")).isEqualTo("old");
        assertThat(existing(keeping, "a").remaining()).isEqualTo(TTL);
        assertThat(existing(keeping, "a").tags()).isEqualTo(tagged().tags());
    }

    @Test
    void whatWasInvalidatedWhileTheLoaderLookedIsNotMadeFreshAgain() {
        Cache<String, String> keeping = keeping();
        for (String tagOrKey : tagged().tags().isEmpty() ? new String[] {"a"} : new String[] {"a", "x"}) {
            keeping.put("a", "old", tagged());
            pass(TTL);

            keeping.get("a", EntryOptions.DEFAULT, (key, context) -> {
                String value = context.notModified();
                if (tagOrKey.equals("a")) {
                    keeping.remove(tagOrKey);
                } else {
                    keeping.invalidateTag(tagOrKey);
                }
                return value;
            });

            assertThat(keeping.find("a")).as("invalidated by %s", tagOrKey).isNull();
        }
    }

    @Test
    void whatWasInvalidatedIsNotShown() {
        Cache<String, String> keeping = keeping();
        keeping.put("a", "old");
        pass(TTL);
        keeping.remove("a");

        assertThatThrownBy(() -> keeping.get("a", EntryOptions.DEFAULT, this::notModified))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no previous entry")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(shown.get()).isNull();
    }

    @Test
    void aFreshValueAsksNoLoader() {
        cache.put("a", "1");

        assertThat(cache.get("a", EntryOptions.DEFAULT, (key, context) -> "2")).isEqualTo("1");
    }
}
