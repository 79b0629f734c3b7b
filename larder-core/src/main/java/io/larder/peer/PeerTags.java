package io.larder.peer;

import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.List;
import java.util.Set;

/** The sets of tags that lie beside entries, changed together with them. Thread-safe. */
public interface PeerTags {

    /** Stores a value with its tags in place of what was there, and returns whether {@code mode} let it. */
    Reply<Boolean> put(String key, byte[] value, Lifetime lifetime, PutMode mode, Set<String> tags);

    /** Removes the entry, and returns whether there was one. */
    Reply<Boolean> remove(String key);

    /** Sets how long the entry is kept, and returns whether there was one. */
    Reply<Boolean> expire(String key, Lifetime lifetime);

    /** Returns the tags of {@code key}; none where the layout does not tell. */
    Reply<Set<String>> of(String key);

    /** Returns the keys of what carries {@code tag}. */
    Reply<List<String>> keys(String tag);

    /** Removes what carries {@code tag}, and returns how many there were. */
    Reply<Long> invalidate(String tag);
}
