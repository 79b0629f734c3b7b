package io.larder.testkit.servers;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A leader with two replicas and three sentinels, which put a replica in the leader's place when it does not answer.
 *
 * <p>They do so within two seconds, because they ask each other more often than sentinels usually do.
 */
public final class RedisSentinels implements AutoCloseable {

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final String SERVICE = "larder";

    private final ServerGroup<RedisServer> data;
    private final ServerGroup<RedisServer> sentinels;

    private RedisSentinels(ServerGroup<RedisServer> data, ServerGroup<RedisServer> sentinels) {
        this.data = data;
        this.sentinels = sentinels;
    }

    /** Starts them without passwords and TLS; see {@link #start(RedisOptions)}. */
    public static RedisSentinels start() {
        return start(RedisOptions.plain());
    }

    /** Starts them and returns when all know each other, which takes about two seconds. */
    public static RedisSentinels start(RedisOptions options) {
        ServerGroup<RedisServer> data = new ServerGroup<>();
        ServerGroup<RedisServer> sentinels = new ServerGroup<>();
        return data.orClose(() -> sentinels.orClose(() -> {
            RedisReplicas.startIn(data, options);
            for (int i = 0; i < SENTINELS; i++) {
                sentinels.add(RedisServer.startSentinel(options));
            }
            RedisSentinels all = new RedisSentinels(data, sentinels);
            sentinels.members().forEach(sentinel -> all.watch(sentinel, options));
            all.awaitWhole();
            return all;
        }));
    }

    /** Returns the name under which the sentinels know the leader. */
    public String service() {
        return SERVICE;
    }

    /** Returns the sentinels. */
    public List<RedisServer> sentinels() {
        return sentinels.members();
    }

    /** Returns the leader and the replicas, whichever is which. */
    public List<RedisServer> servers() {
        return data.members();
    }

    /** Returns the leader, as the sentinels know it now. */
    public RedisServer leader() {
        return leader(aliveSentinel());
    }

    /** Returns those that are not the leader. */
    public List<RedisServer> replicas() {
        RedisServer leader = leader();
        return servers().stream().filter(server -> server != leader).toList();
    }

    /** Kills the leader as a crash does, and returns it at once; {@link #awaitFailover} waits for the next. */
    public RedisServer killLeader() {
        RedisServer leader = leader();
        leader.kill();
        return leader;
    }

    /** Returns the leader as soon as the sentinels agree on another one than {@code old}, and it takes writes. */
    public RedisServer awaitFailover(RedisServer old) {
        await("another leader than " + old + " takes writes", () -> {
            RedisServer leader = leader();
            return leader != old
                    && sentinels().stream().filter(RedisServer::isRunning).allMatch(each -> leader(each) == leader)
                    && isLeading(leader);
        });
        return leader();
    }

    /** Returns when there is one leader, both replicas have what it has, and every sentinel knows all of them. */
    public void awaitWhole() {
        await("three sentinels know a leader with two replicas", () -> {
            RedisServer leader = leader();
            return isLeading(leader)
                    && servers().stream().allMatch(server -> server == leader || server.follows(leader))
                    && sentinels().stream().allMatch(each -> knowsAll(each, leader));
        });
    }

    /** Closes all of them. */
    @Override
    public void close() {
        sentinels.close();
        data.close();
    }

    private void watch(RedisServer sentinel, RedisOptions options) {
        RedisServer leader = servers().get(0);
        String port = String.valueOf(leader.port());
        // Shorter periods end in split votes, half a minute of them; and they must be set before the leader is.
        command(sentinel, "DEBUG", "publish-period 200 info-period 500 ask-period 300 ping-period 300");
        command(sentinel, "MONITOR", SERVICE + " " + leader.host() + " " + port + " " + QUORUM);
        command(sentinel, "SET", SERVICE + " down-after-milliseconds 500 failover-timeout 3000 parallel-syncs 2");
        String password = options.password();
        if (password != null) {
            sentinel.command("SENTINEL", "SET", SERVICE, "auth-pass", password);
        }
    }

    private static void command(RedisServer sentinel, String verb, String words) {
        sentinel.command(("SENTINEL " + verb + " " + words).split(" "));
    }

    private RedisServer aliveSentinel() {
        return sentinels().stream()
                .filter(RedisServer::isRunning)
                .findFirst()
                .orElseThrow(() -> new ServerException("No sentinel of " + sentinels() + " runs. Restart one"));
    }

    private RedisServer leader(RedisServer sentinel) {
        List<String> address =
                sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE).texts();
        return data.byPort(Integer.parseInt(address.get(1)));
    }

    private static boolean isLeading(RedisServer server) {
        return server.isRunning() && "master".equals(server.info("role"));
    }

    private boolean knowsAll(RedisServer sentinel, RedisServer leader) {
        List<String> fields = sentinel.command("SENTINEL", "MASTER", SERVICE).texts();
        return leader(sentinel) == leader
                && field(fields, "flags").equals("master")
                && field(fields, "num-slaves").equals(String.valueOf(RedisReplicas.REPLICAS))
                && field(fields, "num-other-sentinels").equals(String.valueOf(SENTINELS - 1))
                && sentinel.command("SENTINEL", "CKQUORUM", SERVICE).toString().startsWith("OK");
    }

    private static String field(List<String> fields, String name) {
        return fields.get(fields.indexOf(name) + 1);
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            sentinels.await(what, condition);
        } catch (ServerException e) {
            StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
            servers().forEach(server -> message.append('\n').append(server.withLog("")));
            throw new ServerException(message.toString(), e);
        }
    }
}
