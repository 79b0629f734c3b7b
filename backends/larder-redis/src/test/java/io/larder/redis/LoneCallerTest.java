package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether a caller who has been answered, and asks at once again, waits for anything but that answer. */
class LoneCallerTest {

    private static final int TIMES = 50;
    private static final Entry<byte[]> ENTRY = new Entry<>(new byte[] {'1'}, Lifetime.endless(0), Set.of());
    private static final Entry<byte[]> TAGGED = new Entry<>(new byte[] {'2'}, Lifetime.endless(0), Set.of("x"));

    @AutoClose
    private static RedisServer server;

    @AutoClose
    private static Links links;

    private static Backend<String, byte[]> cache;
    private static Commands commands;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        links = Links.open(Urls.of(server));
        cache = links.cache("c");
        commands = links.answer(links.connections().leader(0));
    }

    /** Asks again on the thread that brings the answer, if it is not there already, so that nothing can come in between. */
    private static void requireNobodyBefore(Supplier<Reply<?>> call) {
        // The server may not know the script yet, which is sent again then.
        links.answer(call.get().toFuture(Runnable::run));
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Boolean> crowded = call.get()
                    .toFuture(Runnable::run)
                    .thenCompose(answer -> {
                        CompletableFuture<byte[]> next = commands.get(Links.bytes("next"));
                        boolean waits = commands.isCrowded();
                        return next.thenApply(value -> waits);
                    });

            assertThat(links.answer(crowded)).as("call %s", i).isFalse();
        }
    }

    @Test
    void readsDoNotWaitForEachOther() {
        requireNobodyBefore(() -> cache.get("a"));
        requireNobodyBefore(() -> cache.getAll(List.of("a", "b")));
    }

    @Test
    void writesDoNotWaitForEachOther() {
        requireNobodyBefore(() -> cache.put("a", ENTRY, PutMode.ALWAYS));
        requireNobodyBefore(() -> cache.put("a", TAGGED, PutMode.ALWAYS));
        requireNobodyBefore(() -> cache.putAll(Map.of("a", ENTRY, "b", TAGGED)));
    }

    @Test
    void leasesDoNotWaitForEachOther() {
        requireNobodyBefore(() -> cache.getOrLease("lease", "token", LeaseTerms.UNTAGGED));
        requireNobodyBefore(() -> cache.putLeased("lease", ENTRY, new Lease<>("token", -1)));
    }
}
