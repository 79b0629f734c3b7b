package io.larder.layer;

import io.larder.Observation;

/** Is told about calls of a backend, and how long they take. Thread-safe; nothing it does may fail. */
public interface CallEvents {

    /** The method {@code operation} of the backend at {@code address} is called, for a key, several, a tag or a pattern. */
    Observation callBegins(String address, String operation, Object key);

    /** A call took {@code nanos}, whatever came of it. */
    void callEnded(long nanos);
}
