package io.larder.memcached;

import io.larder.LarderException;
import io.larder.memcached.client.MemcachedServer;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.memcached.client.ServerErrorException;
import io.larder.memcached.client.UnreachableException;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import io.larder.spi.WaitStrategy;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One of the servers, whose failures it explains. Thread-safe. */
final class Node {

    /** The limit of a server that was not told another. */
    private static final int ITEM_BYTES_USUAL = 1 << 20;

    /** How a thread waits while others do. */
    private static final WaitStrategy YIELDING = WaitStrategy.yielding(10);

    private final int index;
    private final MemcachedServer server;
    private final MemcachedErrors errors;
    private final Consumer<Node> unreachable;
    private final Listings listings;
    private volatile int itemBytesMax;

    /**
     * Makes one.
     *
     * @param unreachable is told each time that it could not be reached
     */
    Node(
            int index,
            MemcachedServer server,
            MemcachedErrors errors,
            ScheduledExecutorService scheduler,
            Consumer<Node> unreachable) {
        this.index = index;
        this.server = server;
        this.errors = errors;
        this.unreachable = unreachable;
        this.listings = new Listings(server, scheduler);
    }

    int index() {
        return index;
    }

    MemcachedServer server() {
        return server;
    }

    /** Returns the replies to requests that the server does one after the other, with nobody's in between; fails if it refuses one. */
    Reply<List<MetaReply>> all(List<MetaRequest> requests) {
        return all(requests, List.of());
    }

    /** Returns the same, and behind it the replies to gets that others who ask at the same time may share. */
    Reply<List<MetaReply>> all(List<MetaRequest> requests, List<MetaRequest> shared) {
        return replies(requests, shared).map(this::accepted);
    }

    /** Returns the same, refusals included. */
    Reply<List<MetaReply>> replies(List<MetaRequest> requests, List<MetaRequest> shared) {
        return ask(server.ordered(requests, shared));
    }

    List<MetaReply> accepted(List<MetaReply> replies) {
        for (MetaReply reply : replies) {
            ServerErrorException refusal = reply.refusal();
            if (refusal != null) {
                throw errors.explain(server.address(), refusal);
            }
        }
        return replies;
    }

    Reply<MetaReply> one(MetaRequest request) {
        return ask(server.call(request));
    }

    /** Returns the size of the largest item, with its name and what the server adds; asked once. */
    Reply<Integer> itemBytesMax() {
        return itemBytesMax != 0
                ? Reply.ready(itemBytesMax)
                : ask(server.stats("settings")).map(settings -> {
                    String told = settings.getOrDefault("item_size_max", "");
                    itemBytesMax = told.matches("\\d{3,9}") ? Integer.parseInt(told) : ITEM_BYTES_USUAL;
                    return itemBytesMax;
                });
    }

    /** Returns the names of all items that are wanted. */
    Pages<byte[]> names(Predicate<byte[]> wanted) {
        Pages<byte[]> names = listings.names(wanted);
        return () -> explained(names.next());
    }

    /** Returns the answer, or why there is none, in Larder's words. */
    <T extends @Nullable Object> Reply<T> ask(CompletionStage<T> answer) {
        return explained(Reply.pending(answer, server.isCrowded() ? YIELDING : WaitStrategy.PARKING));
    }

    private <T extends @Nullable Object> Reply<T> explained(Reply<T> answer) {
        return answer.recover(failure -> {
            if (failure instanceof UnreachableException) {
                unreachable.accept(this);
            }
            throw failure instanceof LarderException ? failure : errors.explain(server.address(), failure);
        });
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
