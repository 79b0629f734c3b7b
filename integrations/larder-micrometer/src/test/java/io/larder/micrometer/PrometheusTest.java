package io.larder.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scrape, over HTTP, as Prometheus does it. */
@Timeout(60)
class PrometheusTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void aScrapeTellsEveryCache() throws IOException, InterruptedException {
        try (Larder larder = Larder.builder("reference:")
                .provider(ReferenceProvider.ofBytes(FlakyBackend::new))
                .observer(new LarderTimers(registry))
                .build()) {
            new LarderMetrics(larder, Tags.empty()).bindTo(registry);
            Cache<String, byte[]> users =
                    larder.cache("users", String.class, byte[].class).build();
            larder.cache("orders", String.class, byte[].class).build().get("1");
            users.get("42", key -> new byte[1]);
            users.get("42", key -> new byte[1]);

            List<String> lines = scrape();

            assertThat(lines)
                    .contains(
                            "cache_gets_total{cache=\"users\",result=\"hit\"} 1.0",
                            "cache_gets_total{cache=\"users\",result=\"miss\"} 1.0",
                            "cache_gets_total{cache=\"orders\",result=\"miss\"} 1.0",
                            "cache_puts_total{cache=\"users\"} 1.0",
                            "cache_load_total{cache=\"users\",result=\"success\"} 1.0",
                            "cache_errors_total{backend=\"reference\",cache=\"users\",kind=\"read\"} 0.0",
                            "cache_breaker{backend=\"reference\",cache=\"users\",state=\"closed\"} 1.0")
                    .anyMatch(line -> line.startsWith("cache_load_duration_seconds{cache=\"users\"} "))
                    .anyMatch(line -> line.startsWith(
                            "cache_calls_seconds_count{backend=\"reference\",cache=\"users\",operation=\"get"));
        }
    }

    private List<String> scrape() throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI uri = URI.create("http://" + server.getAddress().getHostString() + ":"
                    + server.getAddress().getPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .toList();
        } finally {
            server.stop(0);
        }
    }
}
