package io.larder.peer;

import io.larder.spi.BackendInfo;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Names and bytes on a server, with the server's own ttl: what a {@link PeerBackend} is made on. Thread-safe.
 *
 * <p>Each call is one step on the server, sent before it returns; entries have no tags, and a lifetime that is not over.
 */
public interface PeerStore {

    /** Returns where it is, as a URL without secrets. */
    String address();

    /** Returns the sets of tags, or null where there are none. */
    @Nullable
    PeerTags tags();

    /** Returns how long a value may be. */
    long valueBytesMax();

    /** Returns whether {@link #add} works. */
    boolean counts();

    /** Returns what is there, or null. */
    Reply<@Nullable Entry<byte[]>> get(String name);

    /** Stores a value, and returns whether {@code mode} let it. */
    Reply<Boolean> set(String name, byte[] value, Lifetime lifetime, PutMode mode);

    /** Removes what is there, and returns whether there was something. */
    Reply<Boolean> remove(String name);

    /** Sets how long what is there is kept, and returns whether there was something. */
    Reply<Boolean> expire(String name, Lifetime lifetime);

    /** Adds as {@link io.larder.spi.Backend#add} does; {@code key} stands in messages. */
    Reply<Long> add(String key, String name, long delta, Entry<Long> initial);

    /** Returns the names that begin with {@code start}, and perhaps others. */
    Pages<String> names(String start);

    /** Returns when the servers have answered, or fails. */
    Reply<@Nullable Void> ping();

    /** Returns when one of several servers has answered, as {@link io.larder.spi.Backend#pingAny} does. */
    default @Nullable Reply<@Nullable Void> pingAny() {
        return null;
    }

    /** Returns what is known of the servers without asking them. */
    default BackendInfo known() {
        return BackendInfo.of(address());
    }

    /** Returns what there is to tell about the servers. */
    Reply<BackendInfo> info();
}
