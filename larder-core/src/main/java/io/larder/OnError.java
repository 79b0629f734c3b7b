package io.larder;

/** What a read does when the backend fails. Writes and removals always throw: losing one would leave an old value behind. */
public enum OnError {
    /** Answers as if there were no entry, and tells the listener. */
    MISS,
    /** Throws the {@link BackendException}. */
    THROW
}
