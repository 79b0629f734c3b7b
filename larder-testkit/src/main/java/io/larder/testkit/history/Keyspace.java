package io.larder.testkit.history;

/**
 * Keys that are numbered from 0, each with a tag and in a slice, which a pattern covers. Immutable.
 *
 * @param keys how many there are
 * @param tags how many tags they share
 * @param slices in how many slices they are
 */
public record Keyspace(int keys, int tags, int slices) {

    /** Returns the key's name. */
    public String key(int number) {
        return "key-" + sliceOf(number) + "-" + number;
    }

    /** Returns the number of the key's tag. */
    public int tagOf(int key) {
        return key % tags;
    }

    /** Returns the tag's name. */
    public String tag(int number) {
        return "tag-" + number;
    }

    /** Returns the number of the key's slice. */
    public int sliceOf(int key) {
        return key % slices;
    }

    /** Returns the pattern of the keys in a slice. */
    public String pattern(int slice) {
        return "key-" + slice + "-*";
    }
}
