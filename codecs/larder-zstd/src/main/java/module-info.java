/** The {@code zstd} stage. */
module io.larder.zstd {
    requires static org.jspecify;
    requires com.github.luben.zstd_jni;
    requires transitive io.larder;

    exports io.larder.zstd;

    provides io.larder.spi.StageProvider with
            io.larder.zstd.ZstdProvider;
}
