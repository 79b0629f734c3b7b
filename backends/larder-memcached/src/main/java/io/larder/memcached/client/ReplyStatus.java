package io.larder.memcached.client;

/** What a server says became of a request, by the two letters it says it with. */
public enum ReplyStatus {
    /** Done, or found, without a value. */
    HD(1 << 0),
    /** Done, or found, with a value. */
    VA(1 << 1),
    /** There is no such item (get, debug). */
    EN(1 << 2),
    /** There is no such item (delete, arithmetic, and set by CAS). */
    NF(1 << 3),
    /** Not stored, because a condition of the mode did not hold. */
    NS(1 << 4),
    /** The CAS of the item is another one. */
    EX(1 << 5),
    /** The answer to a no-op. */
    MN(1 << 6),
    /** The answer to a debug request. */
    ME(1 << 7),
    /** No more values: the end of what answers a classic get. */
    END(1 << 8),
    /** No reply but an error line, to one of several requests. */
    REFUSED(0);

    /** Tells it from the others in a set of bits. */
    final int bit;

    ReplyStatus(int bit) {
        this.bit = bit;
    }
}
