package io.larder.tier;

import io.larder.layer.ReadEvents;

/** Is told what goes wrong with copies. Thread-safe; nothing it does may fail. */
public interface TierEvents extends ReadEvents {

    /** The tier {@code tier}, counted from 1, is asked for so many keys of which no nearer one has a copy. */
    void farRead(int tier, int keys);

    /** Nobody will tell the near tier at {@code address} of changes. */
    void watchRefused(String address, RuntimeException cause);
}
