package io.larder.memcached;

import io.larder.BackendException;
import io.larder.memcached.client.IoThreads;
import io.larder.memcached.client.Placement;
import io.larder.spi.BackendInfo;
import io.larder.spi.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All servers of one URL. Thread-safe. */
final class Nodes implements AutoCloseable {

    private final String url;
    private final List<Node> nodes;
    private final Placement placement;
    private final IoThreads threads;
    private final @Nullable Absences absences;

    /**
     * Makes them of nodes in the order the placement knows them by; closes them with itself.
     *
     * @param absences tells which servers are passed over, or null if none ever is
     */
    Nodes(String url, List<Node> nodes, Placement placement, IoThreads threads, @Nullable Absences absences) {
        this.url = url;
        this.nodes = List.copyOf(nodes);
        this.placement = placement;
        this.threads = threads;
        this.absences = absences;
    }

    /** Returns the URL, without secrets. */
    String url() {
        return url;
    }

    List<Node> all() {
        return nodes;
    }

    /** Returns the nodes that are not passed over; all of them if every one would be. */
    List<Node> usable() {
        Absences away = absences;
        if (away == null) {
            return nodes;
        }
        List<Node> usable =
                nodes.stream().filter(node -> !away.isAway(node.index())).toList();
        return usable.isEmpty() ? nodes : usable;
    }

    /** Returns the node that has the item of this name, as other programs would choose it. */
    Node of(byte[] name) {
        if (nodes.size() == 1) {
            return nodes.get(0);
        }
        Absences away = absences;
        int usable = away == null ? -1 : placement.serverOf(name, index -> !away.isAway(index));
        return nodes.get(usable >= 0 ? usable : placement.serverOf(name));
    }

    /** Returns when each that is not passed over has answered. */
    Reply<@Nullable Void> ping() {
        return Reply.all(usable().stream()
                        .map(node -> node.ask(node.server().version()))
                        .toList())
                .map(done -> null);
    }

    /** Returns when one of several has answered, or null where there is but one. */
    @Nullable
    Reply<@Nullable Void> pingAny() {
        if (nodes.size() == 1) {
            return null;
        }
        CompletableFuture<@Nullable Void> any = new CompletableFuture<>();
        var unused = CompletableFuture.allOf(nodes.stream()
                        .map(node -> node.server().version().thenRun(() -> any.complete(null)))
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, failure) -> any.completeExceptionally(
                        BackendException.passing("None of the servers of " + url + " answers", failure)));
        return Reply.pending(any);
    }

    /** Returns what is known without waiting: the URL, and which of several nodes could not be reached the last time. */
    BackendInfo known() {
        BackendInfo known = BackendInfo.of(url);
        List<Node> down = nodes.size() == 1
                ? List.of()
                : nodes.stream().filter(node -> node.server().isUnreachable()).toList();
        for (Node node : down) {
            // Or it would be known as such until somebody asks for a key of its own.
            var unused = node.server().version();
        }
        return down.isEmpty()
                ? known
                : known.with("down", down.stream().map(Node::toString).collect(Collectors.joining(", ")));
    }

    /** Returns how often a node was passed over and came back. */
    int returns(Node node) {
        return absences == null ? 0 : absences.returns(node.index());
    }

    @Override
    public void close() {
        if (absences != null) {
            absences.close();
        }
        nodes.forEach(node -> node.server().close());
        threads.close();
    }
}
