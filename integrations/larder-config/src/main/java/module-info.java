/** Caches and backends declared in YAML, properties, INI or the environment. */
module io.larder.config {
    requires static org.jspecify;
    requires transitive io.larder;
    requires org.snakeyaml.engine;

    exports io.larder.config;

    provides io.larder.spi.ConfigReader with
            io.larder.config.Configurations;
}
