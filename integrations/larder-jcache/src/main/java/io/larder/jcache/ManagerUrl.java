package io.larder.jcache;

import java.net.URI;
import java.util.Properties;

/** Which Larder URL a {@code CacheManager}'s URI stands for. */
final class ManagerUrl {

    /** A URI of this scheme is a name; the URL stands in the properties. */
    static final String NAME_SCHEME = "larder";

    /** The property of a manager, or of the JVM, that has the URL. */
    static final String PROPERTY = "larder.url";

    private static final String STANDARD = "memory:";

    private ManagerUrl() {}

    static String of(URI uri, Properties properties) {
        return NAME_SCHEME.equals(uri.getScheme())
                ? properties.getProperty(PROPERTY, System.getProperty(PROPERTY, STANDARD))
                : uri.toString();
    }
}
