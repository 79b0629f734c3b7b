/** The {@code lz4} stage. */
@SuppressWarnings({"module", "requires-automatic"}) // It is called what it is; lz4-java is no module yet.
module io.larder.lz4 {
    requires static org.jspecify;
    requires org.lz4.java;
    requires transitive io.larder;

    exports io.larder.lz4;

    provides io.larder.spi.StageProvider with
            io.larder.lz4.Lz4Provider;
}
