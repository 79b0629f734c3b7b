package io.larder.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.Cache;
import io.larder.Larder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Tomcat with a filter, and a cache of each test's own. */
@Timeout(60)
abstract class WithWeb {

    @TempDir
    static Path folder;

    static Web web;
    Larder larder;
    Cache<String, StoredResponse> cache;

    @BeforeAll
    static void start() throws Exception {
        web = new Web(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        web.close();
    }

    @BeforeEach
    void open() {
        open("memory:?max=1k&ttl=1h");
    }

    void open(String url) {
        close();
        larder = Larder.open(url);
        cache = ResponseCache.cache(larder, "responses").build();
    }

    @AfterEach
    void close() {
        if (larder != null) {
            larder.close();
        }
    }

    ResponseCacheFilter filter(ResponseRules.Builder rules) {
        return ResponseCacheFilter.builder(cache).rules(rules.build()).build();
    }

    void serve(ResponseRules.Builder rules, Web.Handler handler) {
        web.serve(filter(rules), handler);
    }

    void serve(Web.Handler handler) {
        serve(ResponseRules.builder(), handler);
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    /** Answers how many answers there were, so that two equal answers are one computation. */
    static Web.Handler count(String... header) {
        return (request, response) -> {
            if (header.length > 0) {
                response.addHeader(header[0], header[1]);
            }
            response.getWriter().print(web.calls.get());
        };
    }
}
