/** Spans of loads and calls of backends, for OpenTelemetry. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"}) // OpenTelemetry is no module yet.
module io.larder.opentelemetry {
    requires io.opentelemetry.context;
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive io.opentelemetry.api;

    exports io.larder.opentelemetry;
}
