package io.larder.testkit;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks the way from one process to its backend, which then uses a spare. Confined to one thread. */
final class MatrixOutage implements AutoCloseable {

    private static final String SPARE = "spare";

    /** Of the ledger. */
    private final Path folder;

    private @Nullable UnreliableProvider way;

    MatrixOutage() {
        try {
            folder = Files.createTempDirectory("larder-matrix");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns {@code url} with a spare, which one failure is enough for, and only a ping of the test's own ends. */
    String withSpare(String url) {
        return url + (url.indexOf('?') < 0 ? "?" : "&") + "breaker=1&breaker-pause=1h&fallback=" + SPARE + ":&ledger="
                + folder;
    }

    /** Returns {@code provider}, of the process that has the trouble if it is the first one. */
    BackendProvider around(BackendProvider provider, Steps steps) {
        UnreliableProvider unreliable = new UnreliableProvider(provider);
        way = way == null ? unreliable : way;
        return new WithSpare(steps.around(unreliable));
    }

    /** Lets {@code during} happen while {@code cache}, of the first process, uses its spare; it goes on to do so. */
    void happen(Cache<String, String> cache, Runnable during) {
        FlakyBackend<?, ?> broken = Objects.requireNonNull(way).flaky();
        broken.down();
        try {
            cache.get("");
            throw new AssertionError("The backend is down, and was read");
        } catch (BackendException opensTheBreaker) {
            during.run();
        } finally {
            broken.up();
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record WithSpare(BackendProvider first) implements BackendProvider {

        @Override
        public Set<String> schemes() {
            Set<String> schemes = new TreeSet<>(first.schemes());
            schemes.add(SPARE);
            return schemes;
        }

        @Override
        public ParameterSet parameters() {
            return first.parameters();
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return (url.scheme().equals(SPARE) ? ReferenceProvider.ofBytes() : first).open(url, context);
        }
    }
}
