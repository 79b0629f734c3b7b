package io.larder.memcached;

import io.larder.memcached.client.IoThreads;
import io.larder.memcached.client.Placement;
import java.util.List;

/** All servers of one URL. Thread-safe. */
final class Nodes implements AutoCloseable {

    private final String url;
    private final List<Node> nodes;
    private final Placement placement;
    private final IoThreads threads;

    Nodes(String url, List<Node> nodes, Placement placement, IoThreads threads) {
        this.url = url;
        this.nodes = List.copyOf(nodes);
        this.placement = placement;
        this.threads = threads;
    }

    /** Returns the URL, without secrets. */
    String url() {
        return url;
    }

    List<Node> all() {
        return nodes;
    }

    /** Returns the node that has the item of this name, as other programs would choose it. */
    Node of(byte[] name) {
        return nodes.size() == 1 ? nodes.get(0) : nodes.get(placement.serverOf(name));
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.server().close());
        threads.close();
    }
}
