package io.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplyTest {

    private final RuntimeException failure = new IllegalStateException("failed");

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "worker"));
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @AfterEach
    void stop() {
        worker.shutdown();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    /** Runs {@code task} as a client would that answers on a thread of its own. */
    private static Thread onIoThread(Runnable task) {
        Thread thread = new Thread(task, "io");
        thread.start();
        return thread;
    }

    @Nested
    class WhereStepsRun {

        private final List<String> threads = new ArrayList<>();

        private Reply<String> noted(Reply<String> reply) {
            return reply.map(value -> {
                        threads.add(thread());
                        return value;
                    })
                    .then(value -> {
                        threads.add(thread());
                        return Reply.ready(value);
                    })
                    .recover(told -> {
                        threads.add(thread());
                        return Reply.ready("rescued");
                    })
                    .map(value -> {
                        threads.add(thread());
                        return value;
                    });
        }

        @Test
        void onTheExecutorWhenAPendingAnswerComes() {
            CompletableFuture<String> future = noted(Reply.pending(answer)).toFuture(worker);

            onIoThread(() -> answer.complete("answer"));

            assertThat(future.join()).isEqualTo("answer");
            assertThat(threads).containsExactly("worker", "worker", "worker");
        }

        @Test
        void onTheExecutorWhenAPendingFailureComes() {
            CompletableFuture<String> future = noted(Reply.pending(answer)).toFuture(worker);

            onIoThread(() -> answer.completeExceptionally(failure));

            assertThat(future.join()).isEqualTo("rescued");
            assertThat(threads).containsExactly("worker", "worker");
        }

        @Test
        void neverOnTheTimersThread() {
            assertThat(noted(Reply.pending(answer).within(1)).toFuture(worker).join())
                    .isEqualTo("rescued");
            // On the caller, if time is up before it asks.
            assertThat(threads).hasSize(2).isSubsetOf("worker", thread());
        }

        @Test
        void onTheExecutorWhenSeveralAnswersCome() {
            Reply<String> second = Reply.pending(new CompletableFuture<String>().completeAsync(() -> "second", worker));
            CompletableFuture<String> future = noted(
                            Reply.all(List.of(Reply.pending(answer), second)).map(values -> String.join(" ", values)))
                    .toFuture(worker);

            onIoThread(() -> answer.complete("first"));

            assertThat(future.join()).isEqualTo("first second");
            assertThat(threads).doesNotContain("io");
        }

        @Test
        void onTheCallerWhoWaits() throws InterruptedException {
            Reply<String> reply = noted(Reply.pending(answer));
            Thread io = onIoThread(() -> answer.complete("answer"));

            assertThat(reply.join()).isEqualTo("answer");

            io.join();
            assertThat(threads).containsOnly(thread());
        }

        @Test
        void deferredWorkStartsWhereItIsAskedFor() {
            assertThat(Reply.deferred(ReplyTest::thread).join()).isEqualTo(thread());
            assertThat(Reply.deferred(ReplyTest::thread).toFuture(worker).join())
                    .isEqualTo("worker");
        }

        @Test
        void deferredWorkDoesNotStartUnasked() {
            AtomicInteger starts = new AtomicInteger();

            Reply<Integer> reply = Reply.deferred(starts::incrementAndGet).map(count -> count);

            assertThat(starts).hasValue(0);
            assertThat(reply.join()).isEqualTo(1);
        }
    }

    @Nested
    class Failures {

        private void isToldUnwrapped(Reply<?> reply) {
            assertThatThrownBy(reply::join).isSameAs(failure);
            assertThatThrownBy(() -> reply.toFuture(worker).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isSameAs(failure);
        }

        @Test
        void areTheSameInEveryKind() {
            answer.completeExceptionally(new CompletionException(failure));

            isToldUnwrapped(Reply.failed(failure));
            isToldUnwrapped(Reply.deferred(() -> {
                throw failure;
            }));
            isToldUnwrapped(Reply.ready("a").map(value -> {
                throw failure;
            }));
            isToldUnwrapped(Reply.ready("a").then(value -> Reply.failed(failure)));
            isToldUnwrapped(Reply.failed(failure).map(value -> "never"));
            isToldUnwrapped(Reply.failed(new IllegalArgumentException()).recover(first -> Reply.failed(failure)));
            isToldUnwrapped(Reply.all(List.of(Reply.ready("a"), Reply.failed(failure))));
            assertThatThrownBy(() -> Reply.pending(answer).join()).isSameAs(failure);
        }

        @Test
        void areRescuedInEveryKind() {
            answer.completeExceptionally(failure);

            for (Reply<String> failing :
                    List.<Reply<String>>of(Reply.failed(failure), Reply.pending(answer), Reply.deferred(() -> {
                        throw failure;
                    }))) {
                assertThat(failing.recover(told -> Reply.ready(told.getMessage()))
                                .join())
                        .isEqualTo("failed");
                assertThat(failing.recover(told -> Reply.ready(told.getMessage()))
                                .toFuture(worker)
                                .join())
                        .isEqualTo("failed");
            }
        }

        @Test
        void andAnswersAreFollowedByAStep() {
            AtomicInteger steps = new AtomicInteger();
            Reply<String> ready = Reply.ready("answer").whenDone(steps::incrementAndGet);
            Reply<String> failed = Reply.<String>failed(failure).whenDone(steps::incrementAndGet);

            assertThat(ready.join()).isEqualTo("answer");
            assertThat(ready.toFuture(worker).join()).isEqualTo("answer");
            assertThatThrownBy(failed::join).isSameAs(failure);
            assertThatThrownBy(() -> failed.toFuture(worker).join()).hasRootCause(failure);
            assertThat(steps).hasValue(4);
        }

        @Test
        void checkedOnesBecomeTheBackends() {
            answer.completeExceptionally(new IOException("broken pipe"));

            assertThatThrownBy(() -> Reply.pending(answer).join())
                    .isInstanceOf(BackendException.class)
                    .hasMessage("broken pipe")
                    .hasCauseInstanceOf(IOException.class);
        }

        @Test
        void errorsStayErrors() {
            AssertionError error = new AssertionError("bug");
            answer.completeExceptionally(error);

            assertThatThrownBy(() -> Reply.pending(answer).join()).isSameAs(error);
        }

        @Test
        void ofSeveralAllAreWaitedForAndTheFirstInOrderIsTold() {
            AtomicInteger done = new AtomicInteger();
            List<Reply<Integer>> replies = List.of(
                    Reply.deferred(done::incrementAndGet),
                    Reply.<Integer>failed(failure),
                    Reply.<Integer>failed(new IllegalArgumentException()),
                    Reply.deferred(done::incrementAndGet));

            assertThatThrownBy(() -> Reply.all(replies).join()).isSameAs(failure);
            assertThatThrownBy(() -> Reply.all(replies).toFuture(worker).join()).hasCause(failure);

            assertThat(done).hasValue(4);
        }

        @Test
        void aKnownFailureIsNotReady() {
            answer.completeExceptionally(failure);

            assertThat(Reply.failed(failure).isReady()).isFalse();
            assertThat(Reply.pending(answer).isReady()).isFalse();
            assertThat(Reply.pending(CompletableFuture.completedFuture("a")).isReady())
                    .isTrue();
            assertThat(Reply.ready("a").isReady()).isTrue();
            assertThat(Reply.deferred(() -> "a").isReady()).isFalse();
        }
    }

    @Nested
    class Waiting {

        @Test
        void tellsDeferredWorkHowLongItMayTake() {
            assertThat(Reply.deferredWithin(limit -> limit).join()).isEqualTo(Long.MAX_VALUE);
            assertThat(Reply.deferredWithin(limit -> limit).within(7_000).join())
                    .isEqualTo(7_000);
            assertThat(Reply.deferredWithin(limit -> limit)
                            .within(9_000)
                            .within(7_000)
                            .within(8_000)
                            .toFuture(worker)
                            .join())
                    .isEqualTo(7_000);
        }

        @Test
        void endsForTheFutureOfDeferredWorkThatHangs() {
            CompletableFuture<String> hung =
                    Reply.deferredWithin(limit -> answer.join()).within(1).toFuture(worker);

            assertThatThrownBy(hung::join).hasCauseInstanceOf(TimeoutException.class);
            answer.complete("too late");
        }

        @Test
        void endsWhenTimeIsUp() {
            assertThatThrownBy(() -> Reply.pending(answer).within(1).join())
                    .isInstanceOf(BackendException.class)
                    .hasMessage("No answer in time")
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> Reply.all(List.of(Reply.ready("a"), Reply.pending(answer)))
                            .map(List::size)
                            .within(1)
                            .join())
                    .hasCauseInstanceOf(TimeoutException.class);

            assertThat(answer).as("somebody else's future").isNotDone();
        }

        @Test
        void endsWhenTimeIsUpForWhoeverAsks() {
            assertThatThrownBy(() ->
                            Reply.pending(answer).within(1).toFuture(worker).join())
                    .hasRootCauseInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> Reply.pending(answer).within(0).join()).hasCauseInstanceOf(TimeoutException.class);

            assertThat(answer).as("somebody else's future").isNotDone();
        }

        @Test
        void leavesNothingOnTheFutureOfACallerWhoWaits() {
            Reply<String> limited = Reply.pending(answer).within(1);

            assertThat(answer.getNumberOfDependents()).isZero();
            assertThatThrownBy(limited::join).hasCauseInstanceOf(TimeoutException.class);
            assertThat(answer.getNumberOfDependents()).isZero();
        }

        @Test
        void hasOneLimitForAllThatWasAskedTogether() {
            // One after the other, these would wait for an hour.
            List<Reply<String>> many = Collections.nCopies(10_000, Reply.pending(answer));

            assertThatThrownBy(() -> Reply.all(many).within(500).join()).hasCauseInstanceOf(TimeoutException.class);
        }

        @Test
        void isLimitedInLaterStepsToo() {
            Reply<String> later = Reply.ready("a").then(value -> Reply.pending(answer));
            Reply<String> afterFailure = Reply.<String>failed(failure).recover(told -> Reply.pending(answer));

            for (Reply<String> reply : List.of(later, afterFailure)) {
                assertThatThrownBy(() -> reply.within(1).join()).hasCauseInstanceOf(TimeoutException.class);
                assertThatThrownBy(() -> reply.within(1).toFuture(worker).join())
                        .hasRootCauseInstanceOf(TimeoutException.class);
            }
        }

        @Test
        void isNotProlongedByASecondLimit() {
            assertThatThrownBy(() -> Reply.pending(answer)
                            .within(1)
                            .within(Long.MAX_VALUE)
                            .join())
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> Reply.pending(answer)
                            .within(Long.MAX_VALUE)
                            .within(1)
                            .join())
                    .hasCauseInstanceOf(TimeoutException.class);
        }

        @Test
        void endsWhenTheAnswerComes() throws InterruptedException {
            Reply<String> limited = Reply.pending(answer).within(Long.MAX_VALUE);
            CompletableFuture<String> future = limited.toFuture(worker);
            assertThat(limited.isReady()).isFalse();

            Thread io = onIoThread(() -> answer.complete("answer"));

            assertThat(limited.join()).isEqualTo("answer");
            assertThat(future.join()).isEqualTo("answer");
            assertThat(limited.isReady()).isTrue();
            assertThat(limited.toFuture(worker)).isCompletedWithValue("answer");
            io.join();
        }

        @Test
        void toldALimitStillTellsFailures() {
            answer.completeExceptionally(new CompletionException(failure));

            assertThatThrownBy(() -> Reply.pending(answer).within(1_000).join()).isSameAs(failure);
            assertThat(Reply.pending(answer).within(1_000).isReady()).isFalse();
            assertThat(Reply.pending(answer)
                            .within(1_000)
                            .recover(told -> Reply.ready("rescued"))
                            .toFuture(worker)
                            .join())
                    .isEqualTo("rescued");
        }

        @Test
        void isSpentAsTheAnswerWants() {
            Reply<String> reply = Reply.pending(answer, (asked, nanos) -> answer.complete("helped"));

            assertThat(reply.join()).isEqualTo("helped");
            assertThat(Reply.pending(answer, (asked, nanos) -> {
                                throw new AssertionError("there is nothing to wait for");
                            })
                            .within(1)
                            .join())
                    .isEqualTo("helped");
        }

        @Test
        void isToldOfNobodyWhoWaits() {
            List<String> told = new ArrayList<>();
            WaitStrategy waiting = new WaitStrategy() {
                @Override
                public void await(CompletableFuture<?> asked, long nanos) {
                    told.add("waits");
                }

                @Override
                public void unattended() {
                    told.add("unattended");
                }
            };

            CompletableFuture<String> future =
                    Reply.pending(answer, waiting).within(60_000).toFuture(worker);
            answer.complete("here");

            assertThat(future.join()).isEqualTo("here");
            assertThat(told).containsExactly("unattended");
        }

        @Test
        void endsWhenTheCallerIsInterrupted() {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> Reply.pending(answer).join())
                    .isInstanceOf(BackendException.class)
                    .hasMessage("Interrupted while waiting for an answer")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the flag, for the caller to see")
                    .isTrue();
            assertThatThrownBy(() -> Reply.pending(answer).within(60_000).join())
                    .hasMessage("Interrupted while waiting for an answer");
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void isNotNeededForWhatIsReady() {
            Thread.currentThread().interrupt();

            assertThat(Reply.ready("a").within(0).map(value -> value + "b").join())
                    .isEqualTo("ab");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Nested
    class Entries {

        @Test
        void areTheirOwnReply() {
            Entry<String> entry = new Entry<>("a", Lifetime.endless(0), Set.of());

            assertThat(entry.join()).isSameAs(entry);
            assertThat(entry.isReady()).isTrue();
            assertThat(entry.map(Entry::value).join()).isEqualTo("a");
            assertThat(entry.toFuture(worker)).isCompletedWithValue(entry);
            assertThat(entry.toString()).doesNotContain("=a");
        }
    }
}
