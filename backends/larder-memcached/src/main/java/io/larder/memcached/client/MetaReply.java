package io.larder.memcached.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to one {@link MetaRequest}. Immutable, but for the value's bytes, which belong to whoever receives it.
 *
 * <p>A field that was not asked for, or that the server left out, has the value its method names.
 */
public final class MetaReply {

    static final MetaReply MISS = new MetaReply(ReplyStatus.EN);
    static final MetaReply DONE = new MetaReply(ReplyStatus.HD);

    private final ReplyStatus status;
    /** These are written by {@link ReplyLine} before the reply is handed out, and never after. */
    long letters;

    long cas;
    long ttlSeconds = -1;
    long clientFlags;
    long sizeBytes = -1;
    long idleSeconds = -1;
    boolean hit;
    long opaque = -1;
    /** Length of the value that follows the line. */
    long announcedBytes;

    long incarnation;

    byte @Nullable [] key;
    byte @Nullable [] value;
    Map<String, String> details = Map.of();
    private final @Nullable ServerErrorException refusal;

    MetaReply(ReplyStatus status) {
        this.status = status;
        this.refusal = null;
    }

    MetaReply(ServerErrorException refusal) {
        this.status = ReplyStatus.REFUSED;
        this.refusal = refusal;
    }

    /** Returns the same value, in an array of its own, as a classic get tells it. */
    MetaReply copy() {
        MetaReply copy = new MetaReply(status);
        copy.clientFlags = clientFlags;
        copy.incarnation = incarnation;
        copy.key = key;
        copy.value = value == null ? null : value.clone();
        return copy;
    }

    /** Returns what became of the request. */
    public ReplyStatus status() {
        return status;
    }

    /** Returns whether the request found, stored, changed or removed what it named. */
    public boolean done() {
        return status == ReplyStatus.HD || status == ReplyStatus.VA;
    }

    /** Returns why the server refused this one request of several, null unless the status is {@code REFUSED}. */
    public @Nullable ServerErrorException refusal() {
        return refusal;
    }

    /**
     * Returns which connection to its server the reply came over, counted from 1; 0 for one that the server left out.
     *
     * <p>A CAS is to be compared only with others of the same server and incarnation: a server that was started anew counts anew.
     */
    public long incarnation() {
        return incarnation;
    }

    /** Returns the value, null unless the status is {@code VA}. */
    public byte @Nullable [] value() {
        return value;
    }

    /** Returns whether the server sent this flag, such as {@code 'W'}. */
    public boolean has(char flag) {
        return (letters & MetaFlags.bit(flag)) != 0;
    }

    /** Returns whether the caller is the one who may load the item anew ({@code W}). */
    public boolean won() {
        return has('W');
    }

    /** Returns whether somebody else was told to load the item anew ({@code Z}). */
    public boolean lost() {
        return has('Z');
    }

    /** Returns whether the item is marked as stale ({@code X}). */
    public boolean stale() {
        return has('X');
    }

    /** Returns the item's CAS, an unsigned number; 0 if the server did not tell. */
    public long cas() {
        return cas;
    }

    /** Returns how long the item still lives; -1 if forever or not told, which {@code has('t')} tells apart. */
    public long ttlSeconds() {
        return ttlSeconds;
    }

    /** Returns the 32 bits that whoever stored the item put beside it; 0 if not told. */
    public int clientFlags() {
        return (int) clientFlags;
    }

    /** Returns the size of the item's value; -1 if not told. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Returns how long ago the item was last accessed; -1 if not told. */
    public long idleSeconds() {
        return idleSeconds;
    }

    /** Returns whether the item has been read since it was stored ({@code h1}). */
    public boolean hitBefore() {
        return hit;
    }

    /** Returns what a debug reply tells, by the server's names; empty for any other. */
    public Map<String, String> details() {
        return details;
    }

    @Override
    public String toString() {
        return value == null ? status.name() : status + " of " + value.length + " bytes";
    }
}
