package io.larder.testkit;

import io.larder.Cache;
import io.larder.CacheWork;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.Observation;
import io.larder.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A Larder on backends that fail on purpose, and what is seen of it. */
abstract class ObservingFixture {

    static final Duration WAIT_MAX = Duration.ofSeconds(20);

    final FakeClock clock = new FakeClock();
    final List<FlakyBackend<String, byte[]>> servers = new CopyOnWriteArrayList<>();
    final List<String> seen = new CopyOnWriteArrayList<>();
    final List<CacheWork> work = new CopyOnWriteArrayList<>();

    @Nullable
    Larder larder;

    LarderBuilder builder(String parameters) {
        return Larder.builder("reference:" + parameters).clock(clock).provider(ReferenceProvider.ofBytes(this::flaky));
    }

    Backend<String, byte[]> flaky(Backend<String, byte[]> below) {
        servers.add(new FlakyBackend<>(below));
        return servers.get(servers.size() - 1);
    }

    Cache<String, byte[]> cache(LarderBuilder builder) {
        larder = builder.build();
        return larder.cache("users", String.class, byte[].class).build();
    }

    Observation seeing(CacheWork begun) {
        work.add(begun);
        seen.add("begin");
        return new Observation() {
            @Override
            public Runnable enter() {
                seen.add("enter");
                return () -> seen.add("leave");
            }

            @Override
            public void end(@Nullable Throwable failure) {
                seen.add(
                        failure == null
                                ? "end"
                                : "end with " + failure.getClass().getSimpleName());
            }
        };
    }

    @AfterEach
    void close() {
        if (larder != null) {
            larder.close();
        }
    }
}
