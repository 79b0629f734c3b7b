package io.larder.spi;

/** Is told what a {@link Watch} learns, on threads that must not be held up. Thread-safe. */
public interface ChangeListener<K> {

    /** The entry of {@code key} has changed, or is gone, or may have. */
    void changed(K key);

    /** So have those of the keys that match. */
    void changed(KeyPattern keys);

    /** So have those that carry {@code tag}. */
    void changedTag(String tag);

    /** Nobody will tell what changes, because of {@code cause}; told at most once, and nothing is covered after that. */
    void refused(RuntimeException cause);
}
