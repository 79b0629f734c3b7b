package io.larder.memcached;

/**
 * Where the entry of a key is. Immutable.
 *
 * @param isKeyKnown false while all that is known is a name made of the key's hash
 */
@SuppressWarnings("ArrayRecordComponent") // names are bytes; nobody compares places
record Place(String key, boolean isKeyKnown, byte[] name, Node node) {

    static Place of(String key, byte[] name, Node node) {
        return new Place(key, true, name, node);
    }

    static Place ofHash(byte[] name, Node node) {
        return new Place("", false, name, node);
    }
}
