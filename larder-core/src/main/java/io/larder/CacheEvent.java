package io.larder;

/** Something that went wrong, or was prevented, without the caller being told by an exception. Immutable. */
public sealed interface CacheEvent {

    /** Returns the name of the cache. */
    String cache();

    /** Returns the key; for a call with several, the collection or pattern; for the backend as such, its address. */
    Object key();

    /** The backend failed a read, which was answered as a miss. */
    record ReadFailed(String cache, Object key, RuntimeException cause) implements CacheEvent {}

    /** A stored value could not be decoded, which was answered as a miss. */
    record Undecodable(String cache, Object key, RuntimeException cause) implements CacheEvent {}

    /** A loader failed; its callers got the same cause. */
    record LoadFailed(String cache, Object key, Throwable cause) implements CacheEvent {}

    /** A loaded value was handed to its callers but not stored, because the key or one of its tags was invalidated meanwhile, or the cache is off. */
    record LoadDropped(String cache, Object key) implements CacheEvent {}

    /** So many calls in a row failed that the backend is not asked any more; told once, by the cache whose call was the last. */
    record BreakerOpened(String cache, String key, RuntimeException cause) implements CacheEvent {}

    /** The backend answers, but could not be told what was removed while its spare was used, which goes on. */
    record RecoveryFailed(String cache, String key, RuntimeException cause) implements CacheEvent {}

    /** The backend has answered and is asked again; told once. */
    record BreakerClosed(String cache, String key) implements CacheEvent {}

    /** Nobody will tell the near tier at {@code key} of changes, so it keeps its copies shortly, or none: {@code stats} says which. */
    record WatchRefused(String cache, String key, RuntimeException cause) implements CacheEvent {}

    /** A loaded value was handed to its callers but could not be stored. */
    record StoreFailed(String cache, Object key, RuntimeException cause) implements CacheEvent {}
}
