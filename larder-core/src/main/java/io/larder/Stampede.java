package io.larder;

/** Who shares a load when many callers miss one key at once. */
public enum Stampede {
    /** The callers of one process; each process that misses loads for itself, and one of them stores. */
    PROCESS,
    /**
     * The callers of all processes on the backend: one loads, within the backend's {@code lease}, the others wait for what it stores.
     *
     * <p>When it fails, dies or has nothing to store, one of the others takes over. A caller who has waited for three loads in vain asks its
     * own loader, and does not store.
     */
    FLEET
}
