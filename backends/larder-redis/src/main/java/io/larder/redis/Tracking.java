package io.larder.redis;

import io.larder.Clock;
import io.larder.spi.BackendContext;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells near tiers what changes on the servers of one URL, by CLIENT TRACKING in broadcast mode. Thread-safe.
 *
 * <p>There is a {@link Feed} for each leader, whichever connections the caches' own commands take. What a leader says in the answer to
 * a heart-beat decides which buckets its feed vouches for; a bucket that gets another feed is told as changed before that feed
 * covers it, so that nothing that was missed in between is trusted. docs/adr/0021 tells why.
 */
final class Tracking implements Changes {

    private final Connections connections;
    private final BackendContext context;
    private final RedisCoherence config;
    private final Backoff backoff;
    private final List<TrackingWatch> watches = new CopyOnWriteArrayList<>();
    /** Guarded by {@code this}, as all that follows. */
    private final Map<String, Feed> feeds = new HashMap<>();
    /** The leaders there should be feeds of, by their names in the cluster. */
    private Map<String, RedisURI> leaders = Map.of();

    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private @Nullable RedisClient client;
    private @Nullable ScheduledFuture<?> beats;
    private @Nullable RuntimeException refusal;
    private boolean closed;

    Tracking(Connections connections, BackendContext context) {
        this.connections = connections;
        this.context = context;
        this.config = connections.config().coherence();
        this.backoff = new Backoff(connections.config().link().reconnectMax());
        // What was read from a leader that is lost may have been old already, if sentinels had put another in its
        // place.
        connections.onLeaderLost(this::changedAll);
    }

    @Override
    public Watch<String> watch(KeyLayout layout, ChangeListener<String> told) {
        TrackingWatch watch = new TrackingWatch(this, layout, told);
        List<Feed> ready;
        synchronized (this) {
            RuntimeException cause = refusal;
            if (cause != null) {
                context.executor().execute(() -> told.refused(cause));
            } else if (!closed) {
                watches.add(watch);
                begin();
            }
            ready = List.copyOf(feeds.values());
        }
        ready.forEach(Feed::arm);
        return watch;
    }

    private void begin() {
        if (beats == null) {
            long pauseNanos = config.heartBeat().toNanos() / 2;
            beats = context.scheduler().scheduleWithFixedDelay(this::beat, 0, pauseNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        List<Feed> now;
        synchronized (this) {
            now = List.copyOf(feeds.values());
        }
        if (now.stream().noneMatch(Feed::isTrusted)) {
            var unused = connections.leaderUris().thenAcceptAsync(this::found, context.executor());
        }
        now.forEach(Feed::ask);
    }

    private synchronized void found(Map<String, RedisURI> uris) {
        leaders = uris;
        uris.keySet().forEach(this::connect);
    }

    private synchronized void connect(String leader) {
        RedisURI uri = leaders.get(leader);
        if (uri == null || beats == null || feeds.containsKey(leader) || paused.contains(leader)) {
            return;
        }
        RedisClient known = client();
        Feed feed = new Feed(this, leader, uri);
        feeds.put(leader, feed);
        // The first one loads classes and looks up names.
        known.getResources().eventExecutorGroup().execute(() -> feed.open(known));
    }

    private RedisClient client() {
        RedisClient known = client;
        if (known == null) {
            known = Clients.withoutReconnect(connections.client());
            client = known;
        }
        return known;
    }

    Clock clock() {
        return context.clock();
    }

    long heartBeatNanos() {
        return config.heartBeat().toNanos();
    }

    RedisCoherence config() {
        return config;
    }

    boolean isCluster() {
        return connections.isCluster();
    }

    /** Returns what the names of the caches begin with that are watched. */
    List<String> bases() {
        return watches.stream().map(watch -> watch.layout().base()).toList();
    }

    /** A leader has said what it is; what it has from now on, {@code feed} vouches for. */
    synchronized void settle(Feed feed, LeaderState state) {
        if (feeds.get(feed.leader()) != feed) {
            return;
        }
        failures.remove(feed.leader());
        watches.stream()
                .filter(watch -> feed.isArmed(watch.layout().base()))
                .forEach(watch -> watch.settle(feed, state));
        if (isCluster()) {
            Map<String, RedisURI> known = new HashMap<>();
            state.leaders()
                    .forEach((name, node) -> known.put(
                            name,
                            name.equals(feed.leader())
                                    ? feed.uri()
                                    : RedisURI.builder(feed.uri())
                                            .withHost(node.host())
                                            .withPort(node.port())
                                            .build()));
            found(known);
        }
    }

    /** A leader has answered, and is trusted a while longer. */
    synchronized void confirmed() {
        watches.forEach(TrackingWatch::extend);
    }

    /** Nothing comes from the feed any more. */
    synchronized void ended(Feed feed) {
        if (!feeds.remove(feed.leader(), feed)) {
            return;
        }
        watches.forEach(watch -> watch.forget(feed));
        if (beats != null) {
            String leader = feed.leader();
            paused.add(leader);
            long millis =
                    backoff.createDelay(failures.merge(leader, 1, Integer::sum)).toMillis();
            try {
                var unused = context.scheduler().schedule(() -> connectAgain(leader), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException shutDown) {
                // The Larder closes.
            }
        }
    }

    private synchronized void connectAgain(String leader) {
        paused.remove(leader);
        connect(leader);
    }

    /** A server will not tell. That is final, because a cache that is coherent now and then helps nobody. */
    void refused(Throwable failure) {
        List<TrackingWatch> told;
        List<Feed> ending;
        RuntimeException cause = config.refusal("CLIENT TRACKING", connections.explain(failure));
        synchronized (this) {
            if (refusal != null || closed) {
                return;
            }
            refusal = cause;
            told = List.copyOf(watches);
            ending = stop();
        }
        ending.forEach(Feed::end);
        // A program's listeners may hear of it, and may call the cache.
        context.executor().execute(() -> told.forEach(watch -> watch.told().refused(cause)));
    }

    void changed(byte[] name) {
        watches.forEach(watch -> watch.changed(name));
    }

    /** Everything may have changed. */
    void changedAll() {
        watches.forEach(watch -> watch.told().changed(KeyPattern.ALL));
    }

    void remove(TrackingWatch watch) {
        List<Feed> ending;
        synchronized (this) {
            watches.remove(watch);
            watch.forgetAll();
            ending = watches.isEmpty() ? stop() : List.of();
        }
        ending.forEach(Feed::end);
    }

    /** Returns the feeds, which the caller has to end without the lock. */
    private List<Feed> stop() {
        if (beats != null) {
            beats.cancel(false);
            beats = null;
        }
        return List.copyOf(feeds.values());
    }

    @Override
    public void close() {
        RedisClient ending;
        List<Feed> feeds;
        synchronized (this) {
            closed = true;
            ending = client;
            watches.forEach(TrackingWatch::forgetAll);
            watches.clear();
            feeds = stop();
        }
        feeds.forEach(Feed::end);
        if (ending != null) {
            Clients.shutDown(
                    ending,
                    CompletableFuture.allOf(feeds.stream().map(Feed::closing).toArray(CompletableFuture<?>[]::new)));
        }
    }
}
