/** The {@code json} codec, on Jackson 3. */
module io.larder.jackson {
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive tools.jackson.databind;

    exports io.larder.jackson;

    provides io.larder.spi.CodecProvider with
            io.larder.jackson.JacksonProvider;
}
