package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.OnError;
import io.larder.Stampede;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One load for the callers of all programs, two Larders standing for them, where that is asked for. */
abstract class CacheFleetPromises extends CachePromises {

    private static final int CALLERS = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();
    private @Nullable Larder another;
    private Cache<String, String> ours;
    private Cache<String, String> theirs;

    CacheFleetPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @BeforeEach
    void openAnother() {
        assumeTrue(contract.isShared(), "two Larders on one URL do not share their entries, which the case needs");
        Larder opened = contract.another().build();
        another = opened;
        ours = contract.cache("fleet", CacheFleetPromises::fleet);
        theirs = fleet(opened);
    }

    @AfterEach
    void closeAnother() {
        callers.shutdownNow();
        if (another != null) {
            another.close();
        }
    }

    private static Cache<String, String> fleet(Larder larder) {
        return fleet(CacheContract.texts(larder, "fleet")).build();
    }

    /** Failures are thrown, so that none of them is taken for the end of a wait. */
    private static CacheBuilder<String, String> fleet(CacheBuilder<String, String> builder) {
        return builder.stampede(Stampede.FLEET).onError(OnError.THROW);
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    private String load(String key) {
        return key + " loaded " + loads.incrementAndGet();
    }

    /** Another program's load of "a" and "b" that has begun and ends when it is told to. */
    private final class TheirLoad {

        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<?> answer;

        TheirLoad(Callable<String> value) throws InterruptedException {
            CountDownLatch loading = new CountDownLatch(1);
            answer = start(() -> theirs.getAll(
                    List.of("a", "b"),
                    keys -> {
                        loading.countDown();
                        goOn.await();
                        String each = value.call();
                        return Map.of("a", each, "b", each);
                    },
                    options()));
            loading.await();
        }

        Object end() {
            goOn.countDown();
            return done(answer);
        }
    }

    private <T> CompletableFuture<T> start(Callable<T> call) {
        CompletableFuture<T> started = new CompletableFuture<>();
        callers.execute(() -> {
            try {
                started.complete(call.call());
            } catch (Throwable failure) {
                started.completeExceptionally(failure);
            }
        });
        return started;
    }

    private static <T extends @Nullable Object> T done(CompletableFuture<T> answer) {
        return View.join(answer.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS));
    }

    /** Lets callers of both views ask for "a", and returns when they have found that it is missing. */
    private List<CompletableFuture<@Nullable String>> askedBy(Cache<String, String> cache, int count) {
        long before = cache.stats().misses();
        List<CompletableFuture<@Nullable String>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(
                    i % 2 == 0
                            ? start(() -> cache.get("a", this::load, options()))
                            : cache.async().get("a", key -> CompletableFuture.completedFuture(load(key)), options()));
        }
        Await.until("all have asked", WITHIN, () -> cache.stats().misses() - before == count);
        return answers;
    }

    @Test
    void waitsForTheLoadOfAnotherProgram() throws Exception {
        TheirLoad load = new TheirLoad(() -> "theirs");
        List<CompletableFuture<@Nullable String>> waiting = askedBy(ours, CALLERS);

        load.end();

        assertThat(waiting).allSatisfy(answer -> assertThat(done(answer)).isEqualTo("theirs"));
        assertThat(loads).hasValue(0);
        assertThat(ours.stats().loads()).isZero();
    }

    @Test
    void loadsForItselfWhereNobodyAskedForMore() {
        Cache<String, String> alone = contract.cache("fleet", builder -> builder.version(2));
        Cache<String, String> other = CacheContract.texts(Objects.requireNonNull(another), "fleet")
                .version(2)
                .build();

        String theirAnswer = other.get("a", key -> alone.get("a", this::load) + ", then theirs");

        assertThat(theirAnswer).isEqualTo("a loaded 1, then theirs");
    }

    @Test
    void loadsOnceForTheCallersOfAllPrograms() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "key " + round;

            Race.run(Race.THREADS, number -> {
                Cache<String, String> asked = number % 2 == 0 ? ours : theirs;
                String answer = number % 4 < 2
                        ? asked.get(key, this::load)
                        : done(asked.async().get(key, missing -> CompletableFuture.completedFuture(load(missing))));
                assertThat(answer).startsWith(key + " loaded");
            });
        }

        assertThat(loads).hasValue(20);
    }

    @Test
    void takesOverALoadThatFails() throws Exception {
        TheirLoad load = new TheirLoad(() -> {
            throw new IllegalStateException("no database");
        });
        List<CompletableFuture<@Nullable String>> waiting = askedBy(ours, CALLERS);

        assertThatThrownBy(load::end).isInstanceOf(LoadException.class);

        assertThat(waiting).allSatisfy(answer -> assertThat(done(answer)).isEqualTo("a loaded 1"));
        assertThat(theirs.get("a")).isEqualTo("a loaded 1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void aFailureReachesAllWhoWaitInOneProgram() throws Exception {
        TheirLoad load = new TheirLoad(() -> {
            throw new IllegalStateException("no database");
        });
        List<CompletableFuture<@Nullable String>> waiting = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            waiting.add(ours.async().get("a", key -> {
                throw new IllegalStateException("none here either, " + loads.incrementAndGet());
            }));
        }
        Await.until("all have asked", WITHIN, () -> ours.stats().misses() == CALLERS);

        assertThatThrownBy(load::end).isInstanceOf(LoadException.class);

        assertThat(waiting)
                .allSatisfy(answer -> assertThatThrownBy(() -> done(answer))
                        .isInstanceOf(LoadException.class)
                        .hasMessageContaining("Cannot load key 'a'")
                        .hasMessageContaining("none here either, 1"));
    }

    /** What makes the load of another program worthless, by what it is. */
    private Map<String, Consumer<Cache<String, String>>> changes() {
        Map<String, Consumer<Cache<String, String>>> changes = new LinkedHashMap<>();
        changes.put("remove", changed -> changed.remove("a"));
        changes.put("expire to zero", changed -> changed.expire("a", Duration.ZERO));
        changes.put("clear", Cache::clear);
        if (contract.capabilities().contains(Capability.LISTING)) {
            changes.put("removeMatching", changed -> changed.removeMatching("a*"));
        }
        if (contract.capabilities().contains(Capability.TAGS)) {
            changes.put("invalidateTag", changed -> changed.invalidateTag("x"));
        }
        return changes;
    }

    @Test
    void aLoadThatWasInvalidatedIsNoAnswerToThoseWhoWaitForIt() throws Exception {
        for (Map.Entry<String, Consumer<Cache<String, String>>> change :
                changes().entrySet()) {
            ours.clear();
            loads.set(0);
            TheirLoad load = new TheirLoad(() -> "old");
            List<CompletableFuture<@Nullable String>> waiting = askedBy(ours, CALLERS);

            change.getValue().accept(ours);
            load.end();

            assertThat(waiting)
                    .as("answers after %s", change.getKey())
                    .allSatisfy(answer -> assertThat(done(answer)).isEqualTo("a loaded 1"));
            // They may have loaded before the change was through with all servers, which then removed it again.
            assertThat(String.valueOf(ours.get("a")))
                    .as("value after %s", change.getKey())
                    .isIn("a loaded 1", "null");
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsTheAnswer() throws Exception {
        TheirLoad load = new TheirLoad(() -> "old");
        List<CompletableFuture<@Nullable String>> waiting = askedBy(ours, CALLERS);

        theirs.put("a", "new");

        assertThat(waiting).allSatisfy(answer -> assertThat(done(answer)).isEqualTo("new"));
        load.end();
        assertThat(ours.get("a")).isEqualTo("new");
        assertThat(loads).hasValue(0);
    }

    @Test
    void manyKeysAreLoadedAndThoseOfAnotherProgramWaitedFor() throws Exception {
        TheirLoad load = new TheirLoad(() -> "theirs");
        CountDownLatch loaded = new CountDownLatch(1);
        CompletableFuture<Map<String, @Nullable String>> many = start(() -> ours.getAll(
                List.of("a", "c", "b"),
                keys -> {
                    loaded.countDown();
                    return Map.of("c", "loaded " + keys);
                },
                options()));

        loaded.await();
        load.end();

        assertThat(done(many))
                .containsExactly(Map.entry("a", "theirs"), Map.entry("c", "loaded [c]"), Map.entry("b", "theirs"));
        assertThat(ours.stats().loads()).isEqualTo(1);
    }

    @Test
    void whoIsInterruptedLeavesTheOthersWaiting() throws Exception {
        assumeTrue(contract.view == View.SYNC, "only a caller who waits on its own thread can be interrupted");
        TheirLoad load = new TheirLoad(() -> "theirs");
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread first = new Thread(() -> {
            try {
                ours.get("a", this::load);
            } catch (RuntimeException interrupted) {
                told.complete(interrupted);
            }
        });
        first.start();
        Await.until("the first one waits", WITHIN, () -> ours.stats().misses() == 1);
        List<CompletableFuture<@Nullable String>> others = askedBy(ours, CALLERS);

        first.interrupt();

        assertThat(done(told)).hasMessageContaining("Interrupted");
        load.end();
        assertThat(others).allSatisfy(answer -> assertThat(done(answer)).isEqualTo("theirs"));
        assertThat(loads).hasValue(0);
    }

    @Test
    void whoTakesAFutureHoldsNoThreadWhileItWaits() throws Exception {
        TheirLoad load = new TheirLoad(() -> "theirs");
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (Larder narrow = contract.another().executor(single).build()) {
            Cache<String, String> third = fleet(narrow);
            CompletableFuture<@Nullable String> waiting =
                    third.async().get("a", key -> CompletableFuture.completedFuture(load(key)));

            for (int i = 0; i < CALLERS; i++) {
                String key = "key " + i;
                assertThat(done(third.async().get(key, CompletableFuture::completedFuture)))
                        .isEqualTo(key);
            }

            assertThat(waiting).isNotDone();
            load.end();
            assertThat(done(waiting)).isEqualTo("theirs");
        } finally {
            single.shutdownNow();
        }
    }
}
