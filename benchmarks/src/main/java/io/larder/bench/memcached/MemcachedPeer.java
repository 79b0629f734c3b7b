package io.larder.bench.memcached;

import io.larder.bench.load.LarderRemote;
import io.larder.bench.load.LoadPeer;
import io.larder.bench.load.PeerFacts;
import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;

/** Who takes part, in the order of the tables. */
@SuppressWarnings("ImmutableEnumChecker") // Words, and references to constructors, which keep nothing.
public enum MemcachedPeer implements LoadPeer {
    /** Ours. */
    LARDER(new PeerFacts("Larder", "larder", "one, shared", "one call", "one load per key"), MemcachedPeer::larder),
    /** Ours without a cache, only the client inside: what Larder's promises cost. */
    CLIENT(new PeerFacts("Larder's client", "larder", "one, shared", "quiet `mg`", "`mg`, `ms`"), ClientRemote::new),
    /** On Netty. */
    FOLSOM(
            new PeerFacts("folsom", "folsom", "one, shared", "`get` of 50", "`get`, `set`"),
            (port, ttl) -> new FolsomRemote(port, 1, ttl)),
    /** The same with a connection for each core of a small machine. */
    FOLSOM_POOL(
            new PeerFacts("folsom × 2", "folsom", "two, in turns", "`get` of 50", "`get`, `set`"),
            (port, ttl) -> new FolsomRemote(port, 2, ttl)),
    /** The oldest of them. */
    SPYMEMCACHED(
            new PeerFacts("spymemcached", "spymemcached", "one, shared", "`getBulk`", "`get`, `set`"),
            SpymemcachedRemote::new),
    /** On an I/O framework of its own. */
    XMEMCACHED(
            new PeerFacts("xmemcached", "xmemcached", "one, shared", "`get` of 50", "`get`, `set`"),
            (port, ttl) -> new XmemcachedRemote(port, 1, ttl)),
    /** The same with a connection for each core of a small machine. */
    XMEMCACHED_POOL(
            new PeerFacts("xmemcached × 2", "xmemcached", "two, in turns", "`get` of 50", "`get`, `set`"),
            (port, ttl) -> new XmemcachedRemote(port, 2, ttl));

    /** The clients that there are; none of them is a cache. */
    static final List<MemcachedPeer> LIBRARIES =
            List.of(FOLSOM, FOLSOM_POOL, SPYMEMCACHED, XMEMCACHED, XMEMCACHED_POOL);

    private final PeerFacts facts;
    private final Opener opener;

    MemcachedPeer(PeerFacts facts, Opener opener) {
        this.facts = facts;
        this.opener = opener;
    }

    @Override
    public PeerFacts facts() {
        return facts;
    }

    @Override
    public RemoteCache open(int port, Duration ttl) {
        return opener.open(port, ttl);
    }

    private static RemoteCache larder(int port, Duration ttl) {
        return new LarderRemote("memcached://127.0.0.1:" + port, ttl);
    }

    private interface Opener {
        RemoteCache open(int port, Duration ttl);
    }
}
