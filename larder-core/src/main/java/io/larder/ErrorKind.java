package io.larder;

/** What went wrong at a backend, as {@link CacheStats} counts it. */
public enum ErrorKind {
    /** A read failed and was answered as a miss. */
    READ,
    /** A stored value could not be decoded and was answered as a miss. */
    DECODE,
    /** A loaded value could not be stored. */
    STORE,
    /** A call failed, and its caller was told by an exception. */
    CALL,
    /** A backend that is back could not be told what was removed while its spare was used. */
    RECOVERY
}
