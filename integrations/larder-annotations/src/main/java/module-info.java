/** Methods whose results are cached, by annotations. */
@SuppressWarnings({"module", "requires-automatic"}) // Reactor is no module yet.
module io.larder.annotations {
    requires static org.jspecify;
    requires transitive io.larder;
    // Only where methods return Mono, Flux or suspend.
    requires static kotlin.stdlib;
    requires static org.reactivestreams;
    requires static reactor.core;

    exports io.larder.annotations;
}
