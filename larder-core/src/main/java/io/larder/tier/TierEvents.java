package io.larder.tier;

import io.larder.layer.ReadEvents;

/** Is told what goes wrong with copies. Thread-safe; nothing it does may fail. */
public interface TierEvents extends ReadEvents {

    /** Nobody will tell the near tier at {@code address} of changes. */
    void watchRefused(String address, RuntimeException cause);
}
