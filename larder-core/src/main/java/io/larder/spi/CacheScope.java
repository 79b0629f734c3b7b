package io.larder.spi;

/**
 * The room that one cache has on a backend; two caches whose scopes differ never see each other.
 *
 * @param namespace keeps applications apart that share a server; may be empty
 * @param cache the cache's name
 * @param version of what is stored; another version starts empty
 */
public record CacheScope(String namespace, String cache, int version) {

    @Override
    public String toString() {
        return (namespace.isEmpty() ? "" : namespace + "/") + cache + (version == 1 ? "" : " v" + version);
    }
}
