package io.larder.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the servers of one URL. Thread-safe.
 *
 * <p>Connects on first use; after that the futures are complete and cost nothing. They fail with a {@link io.larder.BackendException}.
 */
interface Connections extends AutoCloseable {

    /**
     * Returns the commands that reach the leader, in a cluster the leader of each command's key.
     *
     * @param hash of the key: what has the same hash goes over the same connection, and so keeps its order
     */
    CompletableFuture<Commands> leader(int hash);

    /** Returns the commands that read where the URL says, which may be a replica. */
    CompletableFuture<Commands> reader(int hash);

    /** Returns one for each leader: for walks, and for what is asked of every node. */
    CompletableFuture<List<Commands>> leaders();

    /** Returns the same, after asking the servers who leads now; dearer, for who finds that some are missing. */
    CompletableFuture<List<Commands>> leadersAnew();

    /**
     * Returns the commands of the leader that has {@code key}, over a connection that serves nothing else: for what holds a connection up,
     * such as WAIT. Connects on first use.
     */
    CompletableFuture<Commands> aside(byte[] key);

    /** Returns the leaders, as far as they are known, by their names in a cluster; where there is one, under an empty name. */
    CompletableFuture<Map<String, RedisURI>> leaderUris();

    /** Returns the leader that has {@code key}. */
    CompletableFuture<RedisURI> leaderUri(byte[] key);

    /** Sets what is run whenever a connection to the only leader is lost, so that the next one may lead to another. */
    void onLeaderLost(Runnable run);

    /** Returns what makes them. */
    AbstractRedisClient client();

    /** Whether keys are spread over slots. */
    boolean isCluster();

    /** Returns where they lead. */
    Target target();

    /** Returns what the URL said beside the address. */
    default RedisConfig config() {
        return target().config();
    }

    /** Returns the URL, without secrets. */
    default String address() {
        return target().url();
    }

    /** Returns what went wrong in Larder's words: host and port, and what to check. */
    RuntimeException explain(Throwable failure);

    /** Ends all connections at once; idempotent. */
    @Override
    void close();
}
