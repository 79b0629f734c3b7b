package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.Watch;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where there is a watch, it tells of every change. */
abstract class WatchPromises<V> extends Promises<V> {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Told told = new Told();
    private Watch<String> watch;

    WatchPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    private static final class Told implements ChangeListener<String> {

        private final Set<String> keys = ConcurrentHashMap.newKeySet();
        private final Queue<KeyPattern> patterns = new ConcurrentLinkedQueue<>();
        private final Set<String> tags = ConcurrentHashMap.newKeySet();

        @Override
        public void changed(String key) {
            keys.add(key);
        }

        @Override
        public void changed(KeyPattern pattern) {
            patterns.add(pattern);
        }

        @Override
        public void changedTag(String tag) {
            tags.add(tag);
        }

        @Override
        public void refused(RuntimeException cause) {
            throw new AssertionError("A watch that was covering is refused", cause);
        }

        boolean has(String key) {
            return keys.contains(key)
                    || tags.contains(tag(key))
                    || patterns.stream().anyMatch(pattern -> pattern.matches(key));
        }

        void await(String what, String key) {
            Await.until("the watch has told of " + what, WITHIN, () -> has(key));
        }
    }

    private static String tag(String key) {
        return "tag of " + key;
    }

    @BeforeEach
    void open() {
        watch = opened(told);
        Await.until("a key is covered", WITHIN, () -> watch.coversAll() || watch.covers("a"));
    }

    private Watch<String> opened(Told listener) {
        Watch<String> opened = contract.backend().watch(listener);
        assumeTrue(opened != null, "nobody tells of changes, which the case needs");
        return opened;
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private Map<String, Consumer<String>> changes() {
        Map<String, Consumer<String>> changes = new LinkedHashMap<>();
        changes.put("put", key -> backend.put(key, "2"));
        changes.put("replace", key -> backend.replace(key, backend.entry("2")));
        changes.put("putAll", key -> backend.putAll(Map.of(key, backend.entry("2"))));
        changes.put("remove", backend::remove);
        changes.put("removeAll", key -> backend.removeAll(List.of(key)));
        changes.put("expire", key -> backend.expire(key, Duration.ofHours(1)));
        changes.put("expire at once", key -> backend.expire(key, Duration.ZERO));
        changes.put("add", key -> backend.add(key, 1));
        changes.put("putLeased", key -> {
            Entry<V> entry = backend.existing(key);
            Lease<V> lease = (Lease<V>) backend.lookupOver(key, "token", entry);
            assertThat(backend.putLeased(key, backend.entry("2"), lease)).isTrue();
        });
        changes.put("invalidateTag", key -> backend.invalidateTag(tag(key)));
        changes.put("removeMatching", key -> backend.removeMatching(KeyPattern.escape(key)));
        changes.put("clear", key -> backend.clear());
        return changes;
    }

    @Test
    void tellsOfEveryChange() {
        changes().forEach((what, change) -> {
            String key = "key of " + what;
            backend.put(key, "1", tag(key));
            told.await("the first put", key);
            told.keys.remove(key);

            change.accept(key);

            told.await(what, key);
        });
    }

    @Test
    void tellsNobodyWhoHasClosedIt() {
        Told other = new Told();
        Watch<String> closed = opened(other);
        closed.close();
        closed.close();

        backend.put("a", "1");

        told.await("the put", "a");
        assertThat(other.has("a")).isFalse();
    }
}
