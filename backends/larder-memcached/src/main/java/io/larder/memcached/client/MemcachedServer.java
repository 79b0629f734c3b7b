package io.larder.memcached.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * One memcached server, over one connection that all callers share. Thread-safe.
 *
 * <p>Nothing blocks, and nothing is sent twice but gets, as {@link #ordered(List, List)} tells. Futures complete on an I/O thread: what hangs on them must not wait. To stop waiting for
 * one, cancel it; what was not sent by then never will be.
 */
public final class MemcachedServer implements AutoCloseable {

    /** Requests between two no-ops of a quiet batch. */
    private static final int QUIET_MAX = 512;

    private final ServerAddress address;
    /** The address as messages show it. */
    private final String name;

    private final ClientSettings settings;
    private final IoThreads threads;
    private final LongSupplier nanos;
    private final LazyPipeline pipeline;

    /** Makes one that connects at the first call. The threads stay the caller's to close. */
    public MemcachedServer(ServerAddress address, ClientSettings settings, IoThreads threads) {
        this(address, settings, threads, System::nanoTime);
    }

    MemcachedServer(ServerAddress address, ClientSettings settings, IoThreads threads, LongSupplier nanos) {
        this.address = address;
        this.name = address.toString();
        this.settings = settings;
        this.threads = threads;
        this.nanos = nanos;
        this.pipeline = new LazyPipeline(address, settings, threads, nanos);
    }

    /** Returns where it listens. */
    public ServerAddress address() {
        return address;
    }

    /** Returns whether several callers wait for it at the moment, by a guess that costs next to nothing. */
    public boolean isCrowded() {
        return pipeline.isCrowded();
    }

    /** Returns whether the last attempt to connect failed, or it fell silent on a connection. */
    public boolean isUnreachable() {
        return pipeline.isUnreachable();
    }

    /** Sends a request; the future fails with a {@link MemcachedException}. */
    public CompletableFuture<MetaReply> call(MetaRequest request) {
        MetaCall call = new MetaCall(request, name);
        pipeline.send(call);
        return call.future;
    }

    /** Sends requests that leave together, each with a reply of its own, in the order of the requests. */
    public List<CompletableFuture<MetaReply>> callAll(List<MetaRequest> requests) {
        List<MetaCall> calls = new ArrayList<>(requests.size());
        List<CompletableFuture<MetaReply>> futures = new ArrayList<>(requests.size());
        for (MetaRequest request : requests) {
            MetaCall call = new MetaCall(request, name);
            calls.add(call);
            futures.add(call.future);
        }
        pipeline.sendAll(calls);
        return futures;
    }

    /** Sends requests as {@link #ordered(List, List)} does, with nothing shared. */
    public CompletableFuture<List<MetaReply>> ordered(List<MetaRequest> requests) {
        return ordered(requests, List.of());
    }

    /**
     * Sends requests that the server sees in this order with nobody's between them, and after them gets that others may share; one future
     * has the replies to all, in order.
     *
     * <p>A shared get leaves once for all callers whose requests leave in the same write, behind these requests: what it finds was there
     * after each of them asked. Its reply is the same object for all, so leave its value alone.
     *
     * <p>Callers who ask for values, and for nothing else but what they share, may be sent as one classic {@code get}, which names a key once
     * for all of them, so that the server may see the keys in another order. If it refuses that, each is asked for alone, later.
     *
     * <p>A request that the server refuses has a reply with a {@link MetaReply#refusal()}, and the others have theirs. If the connection
     * ends before all have, the future fails, and any of them may have been done.
     */
    public CompletableFuture<List<MetaReply>> ordered(List<MetaRequest> requests, List<MetaRequest> shared) {
        if (requests.isEmpty() && shared.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        for (MetaRequest each : shared) {
            if (!each.command().onlyReads(each.flags())) {
                throw new IllegalArgumentException(
                        each + " must not be shared: only a get whose flags change nothing can be");
            }
        }
        OrderedCall call = OrderedCall.of(List.copyOf(requests), List.copyOf(shared), name);
        pipeline.send(call);
        return call.future;
    }

    /**
     * Sends requests of which the server mentions only the unexpected: gets that hit, and whatever else did not succeed.
     *
     * <p>A miss, or a success, becomes a reply without any flags. If the server reports an error, all it has not mentioned by name fail
     * with it, for it does not say which it means. Newer servers do not mention a delete of what is not there.
     */
    public List<CompletableFuture<MetaReply>> callQuietly(List<MetaRequest> requests) {
        List<CompletableFuture<MetaReply>> futures = new ArrayList<>(requests.size());
        int most = Math.min(QUIET_MAX, settings.callsMax());
        for (int from = 0; from < requests.size(); from += most) {
            QuietCall call = new QuietCall(requests.subList(from, Math.min(requests.size(), from + most)), name);
            futures.addAll(call.futures());
            pipeline.send(call);
        }
        return futures;
    }

    /** Asks for the server's version, such as {@code 1.6.18}. */
    public CompletableFuture<String> version() {
        TextCall<String> call = Greeting.version(name);
        pipeline.send(call);
        return call.future;
    }

    /** Asks for the server's general statistics, by its names. */
    public CompletableFuture<Map<String, String>> stats() {
        return stats("");
    }

    /** Asks for a group of statistics, such as {@code settings}, {@code items} or {@code slabs}. */
    public CompletableFuture<Map<String, String>> stats(String group) {
        if (!group.chars().allMatch(letter -> letter >= 'a' && letter <= 'z')
                || group.equals("reset")
                || group.equals("detail")) {
            throw new IllegalArgumentException(
                    "group of statistics must be one that is only read, in small letters, was '" + group + "'");
        }
        String command = group.isEmpty() ? "stats" : "stats " + group;
        TextCall<Map<String, String>> call =
                new TextCall<>("'" + command + "' on " + address + " failed", command, new StatLines());
        pipeline.send(call);
        return call.future;
    }

    /**
     * Lists all items on a connection of its own ({@code lru_crawler metadump}), and returns how many there were.
     *
     * <p>Items that come, go or change meanwhile may be listed or not. A server lists for one client at a time; the future of another fails.
     *
     * @param each called on an I/O thread, must not wait; false ends the listing
     */
    public CompletableFuture<Long> list(Predicate<? super ListedItem> each) {
        TextCall<Long> call = listing(new ListingLines(each));
        listOnOwnConnection(call, call.future);
        return call.future;
    }

    /**
     * Lists all items a page at a time, and returns how many were handed out.
     *
     * <p>While the stage that a page was answered with is not complete, little more is read, and no time runs out; nobody else can list
     * meanwhile.
     *
     * @param each called on an I/O thread or on the one that completed the stage before, must not wait; false ends the listing
     */
    public CompletableFuture<Long> listPages(
            int itemsMax, Function<? super List<ListedItem>, ? extends CompletionStage<Boolean>> each) {
        if (itemsMax < 1) {
            throw new IllegalArgumentException("itemsMax must be positive, was " + itemsMax);
        }
        ListingPages pages = new ListingPages(itemsMax, each);
        TextCall<CompletableFuture<Boolean>> call = listing(pages);
        CompletableFuture<Long> listed = new CompletableFuture<>();
        var unused = call.future.thenCompose(last -> last).whenComplete((done, failure) -> {
            if (failure == null) {
                listed.complete(pages.count());
            } else {
                listed.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        listOnOwnConnection(call, listed);
        return listed;
    }

    private <T> TextCall<T> listing(TextCall.Lines<T> lines) {
        return new TextCall<>("Listing of keys on " + address + " failed", "lru_crawler metadump hash", lines);
    }

    /** Whoever cancels the future ends the listing too. */
    private void listOnOwnConnection(Call call, CompletableFuture<Long> listed) {
        LazyPipeline own = new LazyPipeline(address, settings, threads, nanos);
        own.send(call);
        var unused = listed.whenComplete((count, failure) -> own.close());
    }

    /** Ends the connection; what has no answer yet fails, and so does every later call. */
    @Override
    public void close() {
        pipeline.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
