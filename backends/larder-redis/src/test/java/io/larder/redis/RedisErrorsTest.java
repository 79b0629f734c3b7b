package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.ClosedException;
import io.larder.url.CacheUrl;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about failures that a test cannot cause at will; the others are in the tests of connections. */
class RedisErrorsTest {

    private final RedisErrors errors = errors("redis://cache-1:7000");

    private static RedisErrors errors(String url) {
        return new RedisErrors(RedisAddress.of(CacheUrl.parse(url)), Duration.ofSeconds(2), Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            LOADING Redis is loading the dataset in memory         | true  | still loads its data
            MASTERDOWN Link with MASTER is down                    | true  | has lost its leader
            CLUSTERDOWN The cluster is down                        | true  | does not serve the slot of the key
            NOREPLICAS Not enough good replicas to write.          | true  | has too few replicas to take writes
            READONLY You can't write against a read only replica.  | true  | is a replica and takes no writes
            BUSY Redis is busy running a script.                   | true  | is busy with a script of somebody else
            ERR max number of clients reached                      | true  | has as many clients as it allows
            OOM command not allowed when used memory > 'maxmemory' | false | is full: it has reached 'maxmemory'
            MISCONF Redis is configured to save RDB snapshots      | false | cannot save to its disk
            DENIED Redis is running in protected mode              | false | runs in protected mode
            NOPERM this user has no permissions                    | false | does not permit the user what Larder needs
            MOVED 866 10.0.0.2:7001                                | false | is a node of a Redis Cluster
            CROSSSLOT Keys in request don't hash to the same slot  | false | is a node of a Redis Cluster
            WRONGTYPE Operation against a key                      | false | refused a command: 'WRONGTYPE Operation
            """)
    void repliesOfTheServerAreExplained(String reply, boolean passes, String said) {
        RuntimeException told = errors.explain(new CompletionException(new RedisCommandExecutionException(reply)));

        assertThat(told)
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("Redis at cache-1:7000 ")
                .hasMessageContaining(said);
        assertThat(((BackendException) told).isTransient()).isEqualTo(passes);
    }

    @Test
    void movedInAClusterMayPass() {
        RuntimeException told =
                errors("redis+cluster://h1,h2").explain(new RedisCommandExecutionException("MOVED 866 10.0.0.2:7001"));

        assertThat(told)
                .hasMessage("Redis Cluster at h1:6379, h2:6379 moved the slot of the key again and again "
                        + "('MOVED 866 10.0.0.2:7001'). Look at CLUSTER NODES");
        assertThat(((BackendException) told).isTransient()).isTrue();
    }

    @Test
    void whatTheServerEchoesIsLeftOut() {
        assertThat(errors.explain(new RedisCommandExecutionException(
                        "ERR unknown command `EVALSHA`, with args beginning with: `key`, `s3cret`, ")))
                .hasMessage(
                        "Redis at cache-1:7000 does not know a command ('ERR unknown command `EVALSHA`'). Larder needs "
                                + "Redis 6.2 or later with EVALSHA, or another server that speaks like it");
    }

    @Test
    void silenceIsATimeout() {
        assertThat(errors.explain(new RedisCommandTimeoutException("GET. Command timed out after 50 millisecond(s)")))
                .hasMessage(
                        "Redis at cache-1:7000 did not answer within 50ms. Raise 'timeout', or look at the server's "
                                + "load and the network");
    }

    @Test
    void aFullQueueIsTold() {
        assertThat(errors.explain(new RedisException("Request queue size exceeded: 262144. Commands are not accepted")))
                .hasMessage("Redis at cache-1:7000 is behind: more than 262144 calls wait for an answer. Look at the "
                        + "server's load, or ask for less at once");
    }

    @Test
    void aLostConnectionLeavesAWriteOpen() {
        assertThat(errors.explain(new ConnectionGuard.LostException()))
                .hasMessage(
                        "Redis at cache-1:7000 closed the connection, or hung, before it answered. Whether a write was "
                                + "done is not known; look at the server's log");
    }

    @Test
    void missingNativeTransportIsTold() {
        assertThat(errors("redis+unix:///run/redis.sock")
                        .explain(new IllegalStateException(
                                "A unix domain socket connection requires epoll or kqueue and neither is available")))
                .hasMessageStartingWith("Redis at /run/redis.sock cannot be reached: no native transport of Netty")
                .hasMessageContaining("Add io.netty:netty-transport-native-epoll");
    }

    @Test
    void whatIsLardersOwnStaysAsItIs() {
        ClosedException closed = new ClosedException("closed");

        assertThat(errors.explain(new CompletionException(closed))).isSameAs(closed);
    }

    @Test
    void whatNobodyKnowsIsToldAsItIs() {
        assertThat(errors.explain(new IllegalStateException("odd")))
                .hasMessage("Redis at cache-1:7000 failed: java.lang.IllegalStateException: odd");
    }

    @Test
    void failuresThatHoldEachOtherAreNoEndlessLoop() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second", first);
        first.addSuppressed(second);

        assertThat(errors.explain(first)).hasMessageContaining("failed");
    }
}
