package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.testkit.servers.RedisServer;
import io.larder.url.CacheUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The promises of every backend, on whatever servers the subclass has started. */
abstract class RedisBackendPromises extends BackendContract<byte[]> {

    private final List<Backends> opened = new ArrayList<>();

    RedisBackendPromises() {
        super(Values.BYTES);
    }

    abstract String url();

    abstract List<RedisServer> leaders();

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    @Override
    protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open(url(), spec, context);
    }

    final Backend<String, byte[]> open(String url, CacheSpec<String, byte[]> spec, BackendContext context) {
        Backends backends = new RedisProvider().open(CacheUrl.parse(url + "?clock-skew=1h&timeout=10s"), context);
        opened.add(backends);
        return ((Backends.OfBytes) backends).open(spec);
    }

    private Lease<?> lease(String token) {
        return (Lease<?>) backend().getOrLease("key", token, LeaseTerms.TAGGED).join();
    }

    /** Whoever was shown a lease waits for its end, and is told what is loaded afterwards: it must not begin again. */
    @Test
    void aLeaseThatIsBrokenBeforeItIsToldIsNotTakenAgain() throws InterruptedException {
        BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
        CompletableFuture<? extends Lookup<byte[]>> asked =
                backend().getOrLease("key", "first", LeaseTerms.TAGGED).toFuture(steps::add);
        Runnable step = steps.take();
        while (leaders().stream().allMatch(leader -> leader.command("KEYS", "*").isEmpty())) {
            step.run();
            step = steps.take();
        }
        assertThat(lease("second").token()).isEqualTo("first");
        backend().remove("key").join();

        while (!asked.isDone()) {
            step.run();
            step = asked.isDone() ? step : steps.take();
        }
        Lease<byte[]> broken = new Lease<>("first", ((Lease<?>) asked.join()).epoch());

        Entry<byte[]> entry = new Entry<>(new byte[] {1}, Lifetime.endless(0), Set.of());
        assertThat(backend().putLeased("key", entry, broken).join()).isFalse();
        assertThat(lease("third").token()).isEqualTo("third");
    }

    @AfterEach
    void leaveNothing() {
        opened.forEach(Backends::close);
        leaders().forEach(leader -> leader.command("FLUSHALL"));
    }
}
