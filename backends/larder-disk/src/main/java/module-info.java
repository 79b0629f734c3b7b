/** The {@code disk} backend, on SQLite. */
module io.larder.disk {
    requires static org.jspecify;
    requires transitive io.larder;
    requires com.github.benmanes.caffeine;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports io.larder.disk;

    provides io.larder.spi.BackendProvider with
            io.larder.disk.DiskProvider;
}
