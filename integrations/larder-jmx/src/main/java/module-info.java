/** Caches as MBeans. */
module io.larder.jmx {
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive java.management;

    exports io.larder.jmx;
}
