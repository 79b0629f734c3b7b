package io.larder.testkit;

import io.larder.Loader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loader that tells when it is called, and returns when it is told to. Thread-safe. */
final class HeldLoad implements Loader<String, String> {

    private static final long SECONDS_MAX = 50;

    private final String value;
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldLoad(String value) {
        this.value = value;
    }

    @Override
    public String load(String key) throws InterruptedException {
        count.incrementAndGet();
        begun.countDown();
        released.await();
        return value;
    }

    int count() {
        return count.get();
    }

    void awaitBegin() {
        try {
            if (!begun.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("The loader was not called within " + SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the loader to be called", e);
        }
    }

    void goOn() {
        released.countDown();
    }
}
