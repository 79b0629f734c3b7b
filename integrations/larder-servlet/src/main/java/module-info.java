/** HTTP responses in a cache. */
module io.larder.servlet {
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive jakarta.servlet;

    exports io.larder.servlet;
}
