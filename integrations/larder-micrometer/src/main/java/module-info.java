/** Meters of caches, for Micrometer. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"}) // Micrometer is no module yet.
module io.larder.micrometer {
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive micrometer.core;

    exports io.larder.micrometer;
}
