package io.larder.redis;

import io.larder.spi.WaitStrategy;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that a lone caller may drive while it waits, which spares it two changes of threads. Thread-safe.
 *
 * <p>Its own thread drives it, as those of Netty do, until many calls in succession were alone. Then it lends the loop: it lets go of it,
 * and a caller takes it to write, and once more to read until its answer is there. When two callers meet, somebody waits for a future
 * instead, or nobody has come for a moment, the loop's thread takes it back. So a program with many callers at once never notices.
 *
 * <p>Who drives <em>is</em> in the loop, for Netty as for everybody; at any time that is one thread at most. What the others give the loop to do
 * wakes who drives it, as ever, or else the loop's own thread, which looks after it anyway.
 */
final class LendingLoop extends SingleThreadIoEventLoop implements WaitStrategy {

    /** How often the loop's own thread looks after it while it is lent. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** So many calls have to be alone, one after the other, before it is lent; then each that was alone keeps it so. */
    private static final int LONE_MIN = 32;
    /** So many more have to be after two callers have met. */
    private static final int MEETING_COST = 1_000;
    /** For so long may tasks keep it from reading, as in Netty's own loops. */
    private static final long TASKS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long WAIT_NANOS_MAX = TimeUnit.DAYS.toNanos(1);

    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    /** Calls that were alone, one after the other; less than 0 after a meeting. */
    private final AtomicInteger lone = new AtomicInteger();
    /** Answers that threads wait for and the loop's own thread reads. */
    private final AtomicInteger parked = new AtomicInteger();

    private volatile @Nullable Thread own;
    private volatile boolean lent;
    /** What the caller who drives waits for, until when, and how often one has turned the loop; written by who drives. */
    private volatile @Nullable CompletableFuture<?> awaited;

    private volatile long untilNanos;
    private volatile int turns;

    /*
     * The danger is something to do while nobody drives. The loop's thread lets go only while 'lent', and looks for it, and for tasks,
     * after it has let go, as a caller does; whoever adds a task or ends the lending looks afterwards whether anybody drives.
     */

    LendingLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
        super(parent, executor, handlers);
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == driver.get();
    }

    @Override
    protected void run() {
        own = Thread.currentThread();
        driver.set(own);
        super.run();
    }

    /** The loop's thread comes here each time before it waits for something to do. */
    @Override
    protected int runIo() {
        if (lent) {
            lend();
        }
        return super.runIo();
    }

    private void lend() {
        int seen = turns;
        driver.set(null);
        while (!mustEnd() || !driver.compareAndSet(null, own)) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            // An interrupted thread would not park; whoever interrupted it meant a task.
            var unused = Thread.interrupted();
            wakeWhoIsLate();
            int now = turns;
            if (now == seen && driver.get() == null) {
                lent = false;
            }
            seen = now;
        }
    }

    private boolean mustEnd() {
        return !lent || pendingTasks() > 0 || isShuttingDown();
    }

    /** A wait for the system ends neither with the caller's patience nor with an interrupt. */
    private void wakeWhoIsLate() {
        Thread caller = driver.get();
        if (caller != null && (caller.isInterrupted() || isLate())) {
            wakeup(false);
        }
    }

    private boolean isLate() {
        return ticker().nanoTime() - untilNanos >= 0;
    }

    /** Returns whether who waits for {@code answer} drives; for tests. */
    boolean isDrivenFor(CompletableFuture<?> answer) {
        return awaited == answer;
    }

    /** Lets the calling thread drive until it calls {@link #release}, so that it writes by itself; returns false where it may not. */
    boolean claim() {
        return lent
                && driver.get() == null
                && !VirtualThreads.isCurrent()
                && driver.compareAndSet(null, Thread.currentThread());
    }

    void release() {
        driver.set(null);
        if (!lent) {
            LockSupport.unpark(own);
        }
    }

    @Override
    public void await(CompletableFuture<?> answer, long nanos) {
        if (claim()) {
            try {
                drive(answer, Math.min(nanos, WAIT_NANOS_MAX));
            } finally {
                awaited = null;
                release();
            }
            return;
        }
        Thread now = driver.get();
        if (VirtualThreads.isCurrent() || (now != null && now != own)) {
            unattended();
            return;
        }
        if (now == null) {
            // Somebody has just written, or the loop's thread is about to come.
            endLending();
        }
        awaitOwn(answer);
    }

    /** Lets the loop's own thread read the answer; it may lend the loop when all that it reads for have theirs. */
    private void awaitOwn(CompletableFuture<?> answer) {
        if (parked.getAndIncrement() > 0) {
            unattended();
        } else if (lone.get() < LONE_MIN) {
            lone.incrementAndGet();
        }
        var unused = answer.whenComplete((value, failure) -> {
            if (parked.decrementAndGet() == 0 && lone.get() >= LONE_MIN) {
                lent = true;
            }
        });
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Who drives is alone.
    private void drive(CompletableFuture<?> answer, long nanos) {
        untilNanos = ticker().nanoTime() + nanos;
        awaited = answer;
        // It may be somebody else who brings it, over another connection.
        var unused = answer.whenComplete((value, failure) -> {
            if (!inEventLoop()) {
                wakeup(false);
            }
        });
        // Who is not alone any more leaves it to the loop's thread, and is not held up by what others have it do.
        while (lent && !answer.isDone() && !Thread.currentThread().isInterrupted() && !isLate() && !isShuttingDown()) {
            turns++;
            super.runIo();
            if (lent) {
                runAllTasks(TASKS_NANOS);
            }
        }
    }

    /** That the answer is there is something to do for who waits for it. */
    @Override
    protected boolean hasTasks() {
        CompletableFuture<?> answer = awaited;
        return super.hasTasks() || (answer != null && answer.isDone());
    }

    @Override
    public void unattended() {
        if (lone.get() > -MEETING_COST) {
            lone.set(-MEETING_COST);
        }
        endLending();
    }

    @Override
    public void execute(Runnable task) {
        boolean comesFromElsewhere = !inEventLoop();
        super.execute(task);
        if (comesFromElsewhere) {
            endLending();
        }
    }

    private void endLending() {
        if (lent) {
            lent = false;
            if (driver.get() == null) {
                LockSupport.unpark(own);
            }
        }
    }
}
