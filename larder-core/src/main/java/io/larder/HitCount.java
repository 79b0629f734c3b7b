package io.larder;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts hits, exactly. Thread-safe.
 *
 * <p>A hit in memory is so short that the locked instruction of a {@link LongAdder} is a good part of it. So a thread counts in a cell that
 * only it writes, until it has ended and another one takes the cell over; who finds the cell of somebody else counts in an adder.
 * A thread's first hit may make a cell.
 */
final class HitCount {

    private static final int CELLS = 64;

    private final AtomicReferenceArray<Cell> cells = new AtomicReferenceArray<>(CELLS);
    private final LongAdder others = new LongAdder();

    void increment() {
        Thread thread = Thread.currentThread();
        int index = (int) thread.getId() & (CELLS - 1);
        Cell cell = cells.getAcquire(index);
        if (cell != null && cell.refersTo(thread)) {
            cell.increment();
        } else {
            takeOver(index, cell, thread);
        }
    }

    void add(long hits) {
        others.add(hits);
    }

    long sum() {
        long sum = others.sum();
        for (int index = 0; index < CELLS; index++) {
            Cell cell = cells.get(index);
            sum += cell == null ? 0 : cell.count();
        }
        return sum;
    }

    private void takeOver(int index, @Nullable Cell cell, Thread thread) {
        Thread owner = cell == null ? null : cell.get();
        // What a thread has written is seen by whoever has seen it end.
        boolean free = owner == null || !owner.isAlive();
        if (free && cells.compareAndSet(index, cell, new Cell(thread, cell))) {
            increment();
        } else {
            others.increment();
        }
    }

    /** Refers to its owner weakly, so that a cache keeps no thread, and no class loader of one, in memory. */
    private static final class Cell extends WeakReference<Thread> {

        /** The count lies in the middle of two lines of a processor's cache, which nobody else writes. */
        private static final int MIDDLE = 8;

        private final AtomicLongArray count;

        Cell(Thread owner, @Nullable Cell before) {
            super(owner);
            this.count = before == null ? new AtomicLongArray(2 * MIDDLE) : before.count;
        }

        void increment() {
            count.setOpaque(MIDDLE, count.getPlain(MIDDLE) + 1);
        }

        long count() {
            return count.getOpaque(MIDDLE);
        }
    }
}
