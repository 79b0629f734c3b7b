/** The codec {@code pickle}. */
module io.larder.pickle {
    requires static org.jspecify;
    requires transitive io.larder;

    exports io.larder.pickle;

    provides io.larder.spi.CodecProvider with
            io.larder.pickle.PickleProvider;
}
