package io.larder.spring.boot;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code larder.*} says. Immutable.
 *
 * @param url where caches are that have none of their own
 * @param caches caches by name
 * @param tableTags removal by tables
 */
@ConfigurationProperties("larder")
public record LarderProperties(
        @DefaultValue("memory:?max=10k") String url,
        @DefaultValue Map<String, CacheProperties> caches,
        @DefaultValue TableTagsProperties tableTags) {

    /**
     * What {@code larder.table-tags.*} says. Immutable.
     *
     * @param enabled whether writes through data sources are watched
     * @param cascade tables, and by each those that a write to it counts as a write to
     */
    public record TableTagsProperties(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Map<String, List<String>> cascade) {}
}
