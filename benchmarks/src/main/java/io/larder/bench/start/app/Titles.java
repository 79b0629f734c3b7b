package io.larder.bench.start.app;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.Cacheable;

/** What is cached, if anything is. */
public class Titles {

    private final AtomicInteger loads = new AtomicInteger();

    /** Made by Spring. */
    protected Titles() {}

    /** Returns the title of a book. */
    @Cacheable("titles")
    public String of(String book) {
        loads.incrementAndGet();
        return "Title of " + book;
    }

    /** Returns how often one was looked up. */
    public int loads() {
        return loads.get();
    }
}
