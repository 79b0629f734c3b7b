package io.larder.layer;

/** Is told when a {@link Breaker} opens and closes, by the cache whose call it was. Thread-safe; nothing it does may fail. */
public interface OutageEvents {

    /** The backend is not asked any more; {@code cause} is the last of the failures in a row. */
    void breakerOpened(String address, RuntimeException cause);

    /** The backend could not be told what was removed meanwhile, so the spare is still used. */
    void recoveryFailed(String address, RuntimeException cause);

    /** The backend is asked again. */
    void breakerClosed(String address);
}
