package io.larder.redis;

import io.larder.spi.BackendContext;
import io.larder.spi.ChangeListener;
import io.larder.spi.Watch;

/** What tells near tiers of the changes on the servers of one URL. Thread-safe. */
sealed interface Changes extends AutoCloseable permits Bus, Tracking {

    /** Returns what tells as {@code coherence} says; connects when the first cache is watched. */
    static Changes of(Connections connections, BackendContext context) {
        return connections.config().coherence().by() == RedisCoherence.By.BUS
                ? new Bus(connections, context)
                : new Tracking(connections, context);
    }

    /** Begins to tell what changes among the names of {@code layout}. */
    Watch<String> watch(KeyLayout layout, ChangeListener<String> told);

    /** Ends all connections. */
    @Override
    void close();
}
