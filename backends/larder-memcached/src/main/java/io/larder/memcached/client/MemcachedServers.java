package io.larder.memcached.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;

/** Several servers that share the keys. Thread-safe. Which of them may be used is for the caller to know, and to say with each call. */
public final class MemcachedServers implements AutoCloseable {

    private final List<MemcachedServer> servers;
    private final Placement placement;

    /** Makes one of servers in the order the placement knows them by; closes them with itself. */
    public MemcachedServers(List<MemcachedServer> servers, Placement placement) {
        this.servers = List.copyOf(servers);
        this.placement = placement;
    }

    /** Returns all servers, in the order of their indexes. */
    public List<MemcachedServer> all() {
        return servers;
    }

    /** Sends a request to the server of its key; fails if none is usable. */
    public CompletableFuture<MetaReply> call(MetaRequest request, IntPredicate usable) {
        int server = placement.serverOf(request.key(), usable);
        return server < 0
                ? CompletableFuture.failedFuture(noneUsable(request))
                : servers.get(server).call(request);
    }

    /** Sends each request quietly to the server of its key, all servers at once; the futures are in the order of the requests. */
    public List<CompletableFuture<MetaReply>> callQuietly(List<MetaRequest> requests, IntPredicate usable) {
        List<List<MetaRequest>> parts = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            parts.add(new ArrayList<>());
        }
        int[] owners = new int[requests.size()];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = placement.serverOf(requests.get(i).key(), usable);
            if (owners[i] >= 0) {
                parts.get(owners[i]).add(requests.get(i));
            }
        }
        List<List<CompletableFuture<MetaReply>>> sent = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            sent.add(servers.get(i).callQuietly(parts.get(i)));
        }
        int[] next = new int[servers.size()];
        List<CompletableFuture<MetaReply>> futures = new ArrayList<>(owners.length);
        for (int i = 0; i < owners.length; i++) {
            int owner = owners[i];
            futures.add(
                    owner < 0
                            ? CompletableFuture.failedFuture(noneUsable(requests.get(i)))
                            : sent.get(owner).get(next[owner]++));
        }
        return futures;
    }

    private UnreachableException noneUsable(MetaRequest request) {
        return new UnreachableException(
                request + " failed: none of " + servers + " is usable", MemcachedException.Fate.NOT_DONE, null);
    }

    /** Closes every server. */
    @Override
    public void close() {
        servers.forEach(MemcachedServer::close);
    }
}
