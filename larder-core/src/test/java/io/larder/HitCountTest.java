package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HitCountTest {

    private static final int THREADS = 200;
    private static final int HITS = 5_000;

    private final HitCount count = new HitCount();

    private void hit() {
        for (int i = 0; i < HITS; i++) {
            count.increment();
        }
    }

    @Test
    void missesNoneOfMoreThreadsThanItHasCells() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                hit();
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(count.sum()).isEqualTo((long) THREADS * HITS);
    }

    @Test
    void missesNoneOfThreadsThatFollowOneAnother() throws InterruptedException {
        for (int i = 1; i <= THREADS; i++) {
            Thread thread = new Thread(this::hit);
            thread.start();
            thread.join();

            assertThat(count.sum()).isEqualTo((long) i * HITS);
        }
    }

    @Test
    void addsWhatIsCountedElsewhere() {
        count.increment();
        count.add(41);

        assertThat(count.sum()).isEqualTo(42);
    }
}
