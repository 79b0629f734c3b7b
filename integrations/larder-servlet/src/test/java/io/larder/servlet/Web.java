package io.larder.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A real Tomcat on a free port, a handler and a filter that tests exchange, and a client. */
final class Web implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Kept, because a level goes with its logger. */
    private static final Logger LOGGER = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();
    final AtomicInteger calls = new AtomicInteger();
    private volatile Handler handler = (request, response) -> {};
    private volatile Filter filter = (request, response, chain) -> chain.doFilter(request, response);

    /** What answers. */
    @FunctionalInterface
    interface Handler {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    Web(Path folder) throws LifecycleException {
        LOGGER.setLevel(Level.OFF);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addContext("", folder.toString());
        FilterDef definition = new FilterDef();
        definition.setFilterName("tested");
        definition.setAsyncSupported("true");
        definition.setFilter((request, response, chain) -> filter.doFilter(request, response, chain));
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("tested");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "handler", new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void service(HttpServletRequest request, HttpServletResponse response)
                            throws ServletException, IOException {
                        calls.incrementAndGet();
                        handler.answer(request, response);
                    }
                })
                .setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "handler");
        tomcat.start();
    }

    void serve(Filter by, Handler what) {
        filter = by;
        handler = what;
        calls.set(0);
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, headers).join();
    }

    CompletableFuture<HttpResponse<byte[]>> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
