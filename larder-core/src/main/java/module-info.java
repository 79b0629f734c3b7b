/** The cache, its promises and the interfaces that backends, codecs and loaders implement. */
module io.larder {
    requires static org.jspecify;

    exports io.larder;
    exports io.larder.codec;
    exports io.larder.handover;
    exports io.larder.layer;
    exports io.larder.load;
    exports io.larder.peer;
    exports io.larder.spi;
    exports io.larder.tier;
    exports io.larder.url;

    uses io.larder.spi.BackendProvider;
    uses io.larder.spi.CodecProvider;
    uses io.larder.spi.ConfigReader;
    uses io.larder.spi.StageProvider;

    provides io.larder.spi.BackendProvider with
            io.larder.none.NoneProvider;
    provides io.larder.spi.CodecProvider with
            io.larder.codec.JavaProvider;
    provides io.larder.spi.StageProvider with
            io.larder.codec.AesGcmProvider,
            io.larder.codec.HmacProvider,
            io.larder.codec.ZlibProvider;
}
