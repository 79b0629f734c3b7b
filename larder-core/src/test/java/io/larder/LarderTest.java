package io.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.codec.KeyCodecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LarderTest {

    @Nested
    class Opening {

        @ParameterizedTest
        @ValueSource(strings = {"redis", "rediss", "redis+unix", "redis+replicas", "redis+sentinel", "redis+cluster"})
        void everySchemeOfRedisNamesTheSameArtifact(String scheme) {
            assertThatThrownBy(() -> Larder.open(scheme + "://localhost"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("No backend for scheme '" + scheme + "' of '")
                    .hasMessageEndingWith("Add io.larder:larder-redis.");
        }

        @Test
        void anUnknownSchemeNamesTheArtifactToAdd() {
            assertThatThrownBy(() -> Larder.open("memory:?max=10k"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("No backend for scheme 'memory' of 'memory:?max=10k'. On the class path: none. "
                            + "Add io.larder:larder-memory.");
        }

        @Test
        void aMistypedSchemeNamesTheNearest() {
            assertThatThrownBy(() -> Larder.open("nome:"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("No backend for scheme 'nome' of 'nome:'. Did you mean 'none'? Known: none.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "none:?tttl=5m|Unknown parameter 'tttl' in 'none:?tttl=5m'. Did you mean 'ttl'?",
                    "none:?ttl=5|'ttl' of 'none:?ttl=5' must be a duration with a unit",
                    "none:?ttl=-5s|'ttl' of 'none:?ttl=-5s' must be a duration with a unit",
                    "none:?jitter=2|'jitter' of 'none:?jitter=2' must be a share from 0 to 1",
                    "none:?timeout=0s|'timeout' must be at least 1ms",
                    "none:?on-error=ignore|'on-error' of 'none:?on-error=ignore' must be one of miss, throw",
                    "none:?stampede=all|'stampede' of 'none:?stampede=all' must be one of process, fleet",
                    "none:?ttl=%G0|Bad escape in 'none:?ttl=%G0'",
                    "none|Cannot read cache URL 'none'",
                })
        void badSettingsSayWhatWasExpected(String url, String message) {
            assertThatThrownBy(() -> Larder.open(url))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                quoteCharacter = '"',
                value = {
                    "none:?ttl=5m | none:;'ttl' of 'none:?ttl=5m' is about the cache as a whole. Write it in the last URL, 'none:'",
                    "none:?fallback=none: | none:;'fallback' of 'none:?fallback=none:' is about the cache as a whole.",
                    "none:?tll=5m | none:;Unknown parameter 'tll' in 'none:?tll=5m'. Known: timeout, codec, near-ttl.",
                    "none: | none:?near-ttl=1s;'near-ttl' of 'none:?near-ttl=1s' bounds copies of the next tier, and there is none.",
                    "none:?near-ttl=1s;'near-ttl' of 'none:?near-ttl=1s' bounds copies of the next tier, and there is none.",
                    "none:?near-ttl=0s | none:;'near-ttl' must be at least 1ms, was '0s'",
                    "none:?near-ttl=never | none:;'near-ttl' of 'none:?near-ttl=never' must be a duration such as '1s', was 'never'.",
                    "none: | nome:;No backend for scheme 'nome' of 'nome:'. Did you mean 'none'?",
                    "nome: | none:;No backend for scheme 'nome' of 'nome:'. Did you mean 'none'?",
                    "none: | none:?tll=5m;Unknown parameter 'tll' in 'none:?tll=5m'. Did you mean 'ttl'?",
                    "none: |;There is no URL on one side of a '|' in 'none: |'.",
                })
        void aMisplacedSettingOfTiersSaysWhereItBelongs(String url, String message) {
            assertThatThrownBy(() -> Larder.open(url))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(message);
        }

        @Test
        void tiersAreShownAsTheyAreWritten() {
            try (Larder larder = Larder.open("none:?near-ttl=1s | none: |none:?ttl=5m")) {
                assertThat(larder).hasToString("Larder[none:?near-ttl=1s | none: | none:?ttl=5m]");
            }
        }

        @Test
        void aConfigurationNamesTheArtifactToAdd() {
            assertThatThrownBy(() -> Larder.fromConfig(Path.of("larder.yaml"), "testing"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Nothing on the class path reads configurations. Add io.larder:larder-config.");
        }

        @Test
        void aTimeoutOfNeverIsNone() {
            try (Larder larder = Larder.open("none:?timeout=never")) {
                larder.cache("users", String.class, String.class).build().ping();
            }
        }
    }

    @Nested
    class Caches {

        private final Larder larder = Larder.open("none:");

        private CacheBuilder<String, String> users() {
            return larder.cache("users", String.class, String.class);
        }

        @Test
        void builtTwiceAlikeAreOne() {
            Cache<String, String> first =
                    users().ttl(Duration.ofMinutes(5)).jitter(0.1).build();

            assertThat(users().ttl(Duration.ofMinutes(5)).jitter(0.1).build()).isSameAs(first);
        }

        @Test
        void builtTwiceDifferentlyAreRefused() {
            users().ttl(Duration.ofMinutes(5)).build();

            assertThatThrownBy(() -> users().ttl(Duration.ofMinutes(6)).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Cache 'users' is open already with other settings");
            assertThat(users().version(2).build()).isNotNull();
        }

        @Test
        void oneIsOpenAsBytesOrAsACache() {
            users().bytes();

            assertThat(users().bytes()).isSameAs(users().bytes());
            assertThatThrownBy(() -> users().build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Cache 'users' is open already as bytes.");
            users().version(2).build();
            assertThatThrownBy(() -> users().version(2).bytes())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Cache 'users v2' is open already.");
        }

        @Test
        void aKeyTypeWithoutCodecIsRefused() {
            assertThatThrownBy(() ->
                            larder.cache("lists", List.class, String.class).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("No key codec for java.util.List.");
            assertThat(larder.cache("longs", Long.class, String.class)
                            .keyCodec(KeyCodecs.of(Long.class))
                            .build())
                    .isNotNull();
        }

        @Test
        void nullKeysAreRefusedEverywhere() {
            Cache<String, String> users = users().build();

            List<Runnable> calls = List.of(
                    () -> users.get(null),
                    () -> users.get(null, key -> "value"),
                    () -> users.getAll(Arrays.asList("a", null)),
                    () -> users.getAll(Arrays.asList("a", null), keys -> Map.of()),
                    () -> users.put(null, "value"),
                    () -> users.remove(null),
                    () -> users.async().get(null).join());
            for (Runnable call : calls) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("key must not be null");
            }
        }

        @Test
        void emptyBulkCallsAskNobody() {
            Cache<String, String> users = users().build();

            assertThat(users.getAll(Set.of())).isEmpty();
            assertThat(users.getAll(Set.of(), keys -> {
                        throw new AssertionError("asked");
                    }))
                    .isEmpty();
            assertThat(users.removeAll(Set.of())).isZero();
            users.putAll(Map.of());
        }

        @Test
        void whatNoneCannotKeepIsRefused() {
            Cache<String, Long> counts =
                    larder.cache("counts", String.class, Long.class).build();

            assertThatThrownBy(counts::counters)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("The backend of cache 'counts' cannot keep counters");
        }
    }

    @Nested
    class Closing {

        @Test
        void endsAllCallsAndNothingThatWasLent() {
            ExecutorService lent = Executors.newSingleThreadExecutor();
            Larder larder = Larder.builder("none:").executor(lent).build();
            Cache<String, String> users =
                    larder.cache("users", String.class, String.class).build();

            larder.close();
            larder.close();

            assertThatThrownBy(() -> users.get("a"))
                    .isInstanceOf(ClosedException.class)
                    .hasMessage("Cache 'users' is closed. Use it before its Larder is closed");
            assertThatThrownBy(() -> users.getAll(Set.of())).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> users.putAll(Map.of())).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() ->
                            larder.cache("teams", String.class, String.class).build())
                    .isInstanceOf(ClosedException.class);
            assertThat(lent.isShutdown()).isFalse();
            lent.shutdown();
        }
    }

    @Nested
    class AsyncCalls {

        @Test
        void runLoadersOnTheExecutor() {
            List<String> tasks = new ArrayList<>();
            Executor counting = task -> {
                tasks.add("task");
                task.run();
            };
            try (Larder larder = Larder.builder("none:").executor(counting).build()) {
                Cache<String, String> users =
                        larder.cache("users", String.class, String.class).build();

                assertThat(users.async()
                                .get("a", key -> CompletableFuture.completedFuture("loaded " + key))
                                .join())
                        .isEqualTo("loaded a");
                assertThat(tasks).isNotEmpty();
            }
        }
    }
}
