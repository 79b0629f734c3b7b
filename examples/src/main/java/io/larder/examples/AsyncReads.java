package io.larder.examples;

import io.larder.AsyncCache;
import io.larder.Cache;
import io.larder.Larder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * How do I read without blocking? Through the async view, which shares entries and loads with the other.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * 1000 answers, all alike: true, loads: 1
 * the blocking view has it too: price of gold
 * }</pre>
 */
public final class AsyncReads {

    private static final AtomicInteger LOADS = new AtomicInteger();

    private AsyncReads() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<String, String> prices =
                    larder.cache("prices", String.class, String.class).build();
            AsyncCache<String, String> async = prices.async();

            List<CompletableFuture<String>> answers = Stream.generate(() -> async.get("gold", AsyncReads::fetch))
                    .limit(1_000)
                    .toList();
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .join();

            boolean alike =
                    answers.stream().map(CompletableFuture::join).distinct().count() == 1;
            System.out.println(answers.size() + " answers, all alike: " + alike + ", loads: " + LOADS);
            System.out.println("the blocking view has it too: " + prices.get("gold"));
        }
    }

    /** Stands for a call of a client that answers later. */
    private static CompletionStage<String> fetch(String metal) {
        LOADS.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> "price of " + metal);
    }
}
