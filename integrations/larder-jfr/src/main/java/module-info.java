/** Loads, calls of backends, trouble and counts, in the JDK's Flight Recorder. */
module io.larder.jfr {
    requires static org.jspecify;
    requires transitive io.larder;
    requires jdk.jfr;

    exports io.larder.jfr;
}
