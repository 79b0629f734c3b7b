package io.larder.memcached;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** Returns the places by their nodes, in their order. */
    static Map<Node, List<Place>> byNode(Collection<Place> places) {
        return places.stream().collect(Collectors.groupingBy(Place::node, LinkedHashMap::new, Collectors.toList()));
    }
}
