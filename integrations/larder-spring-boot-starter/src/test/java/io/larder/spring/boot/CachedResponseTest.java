package io.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.annotations.Invalidate;
import io.larder.servlet.CachedResponse;
import io.larder.servlet.RequestKey;
import io.larder.spring.LarderCaches;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.View;

/** Controllers in a real Tomcat, asked by a real client. Each answers how many answers there were: two equal ones are one computation. */
@Timeout(60)
class CachedResponseTest {

    private static final int CALLERS = 12;
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static volatile CountDownLatch arrived = new CountDownLatch(0);

    private static ConfigurableApplicationContext app;
    private static HttpClient client;
    private static Cache<String, Object> cache;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Shop.class, Prices.class, Search.class})
    static class App {

        @Bean
        Filter arrivals() {
            return (request, response, chain) -> {
                arrived.countDown();
                chain.doFilter(request, response);
            };
        }

        @Bean
        SearchKey searchKey() {
            return new SearchKey("q");
        }
    }

    private static String next() {
        return "answer " + CALLS.incrementAndGet();
    }

    @RestController
    @RequestMapping("/shop")
    @CachedResponse(ttl = "1h", keyPrefix = "shop", tags = "pages", vary = "X-Shop")
    static class Shop {

        @GetMapping("/page")
        public String page() {
            return next();
        }

        @GetMapping("/view")
        public View view() {
            return (model, request, response) -> response.getWriter().print(next());
        }

        @CachedResponse(ttl = "1m", tags = "offers", vary = "X-Day", version = 2)
        @GetMapping(path = "/offers", produces = "text/plain")
        public String offers() {
            return next();
        }

        @GetMapping(path = "/typed", produces = "text/plain")
        public String text() {
            return next();
        }

        @GetMapping(path = "/typed", produces = "application/json")
        public String json() {
            return "\"" + next() + "\"";
        }

        @GetMapping("/crowd")
        public String crowd() throws InterruptedException {
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            return next();
        }

        @PostMapping("/page")
        @Invalidate(cache = "responses", tags = "pages")
        public String sell() {
            return next();
        }
    }

    /** What a generated controller implements. */
    interface PricesApi {

        @GetMapping("/prices/{item}")
        @CachedResponse(key = ItemKey.class)
        ResponseEntity<String> price(HttpServletRequest request);

        @GetMapping("/missing")
        @CachedResponse(cacheNonOk = true)
        ResponseEntity<String> missing();

        @GetMapping("/mine")
        @CachedResponse(perUser = true)
        ResponseEntity<String> mine();

        @GetMapping("/plain")
        ResponseEntity<String> plain();
    }

    @RestController
    static class Prices implements PricesApi {

        @Override
        public ResponseEntity<String> price(HttpServletRequest request) {
            return ResponseEntity.ok(next());
        }

        @Override
        public ResponseEntity<String> missing() {
            return ResponseEntity.status(404).body(next());
        }

        @Override
        public ResponseEntity<String> mine() {
            return ResponseEntity.ok(next());
        }

        @Override
        public ResponseEntity<String> plain() {
            return ResponseEntity.ok(next());
        }
    }

    /** No bean: made by the bean factory. */
    static class ItemKey implements RequestKey {

        @Override
        public String key(HttpServletRequest request) {
            Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
            return String.valueOf(variables.get("item"));
        }
    }

    record SearchKey(String parameter) implements RequestKey {

        @Override
        public String key(HttpServletRequest request) {
            return request.getParameter(parameter);
        }
    }

    @RestController
    @CachedResponse(methods = "POST", key = SearchKey.class)
    static class Search {

        @PostMapping("/search")
        public String search() {
            return next();
        }

        @PostMapping("/suggest")
        public String suggest() {
            return next();
        }
    }

    @BeforeAll
    static void start() {
        app = SpringApplication.run(
                App.class, "--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn");
        client = HttpClient.newHttpClient();
        cache = app.getBean(LarderCaches.class).named("responses").iterator().next();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void begin() {
        cache.clear();
        CALLS.set(0);
    }

    @Test
    void haveAnEtagFromTheFirstOn() {
        HttpResponse<String> first = get("/shop/page");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = get("/shop/page");
        HttpResponse<String> known = get("/shop/page", "If-None-Match", "\"other\", W/" + etag);
        HttpResponse<String> head = send("HEAD", "/shop/page").join();

        assertThat(CALLS).hasValue(1);
        assertThat(List.of(first.body(), second.body())).containsOnly("answer 1");
        assertThat(first.headers().firstValue("Age")).isEmpty();
        assertThat(second.headers().firstValue("Age")).isPresent();
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("8");
        assertThat(List.of(second, known, head))
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("ETag")).hasValue(etag));
    }

    @Test
    void holdWhatTheDispatcherMakesOfViews() {
        assertThat(get("/shop/view").body()).isEqualTo("answer 1");
        assertThat(get("/shop/view").body()).isEqualTo("answer 1");
    }

    @Test
    void obeyTheMethodOverItsClass() {
        get("/shop/page");
        get("/shop/offers");

        CacheEntry<String, Object> page = entry("*/shop/page");
        assertThat(page.key()).startsWith("shop/" + Shop.class.getName() + ".page():1:GET:");
        assertThat(page.tags()).containsExactly("pages");
        assertThat(page.remaining()).isGreaterThan(Duration.ofMinutes(50));
        CacheEntry<String, Object> offers = entry("*/shop/offers");
        assertThat(offers.key()).startsWith("shop/" + Shop.class.getName() + ".offers():2:GET::x-day&x-shop:");
        assertThat(offers.tags()).containsExactly("offers");
        assertThat(offers.remaining()).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void areApartByHeadersAndByWhatClientsAccept() {
        assertThat(get("/shop/page", "X-Shop", "1").body()).isEqualTo("answer 1");
        assertThat(get("/shop/page", "X-Shop", "2").body()).isEqualTo("answer 2");
        assertThat(get("/shop/page", "X-Shop", "1", "X-Day", "2").body()).isEqualTo("answer 1");
        assertThat(get("/shop/page", "X-Shop", "1", "Accept", "application/json")
                        .headers()
                        .firstValue("Content-Type"))
                .get()
                .asString()
                .startsWith("application/json");
        assertThat(get("/shop/page").headers().allValues("Vary")).containsExactlyInAnyOrder("accept", "x-shop");
        assertThat(get("/shop/offers", "Accept", "text/*").body())
                .isEqualTo(get("/shop/offers").body());

        for (int i = 0; i < 2; i++) {
            assertThat(get("/shop/typed", "Accept", "text/plain").body()).doesNotStartWith("\"");
            assertThat(get("/shop/typed", "Accept", "application/json").body()).startsWith("\"");
        }
    }

    @Test
    void areComputedOnceForManyCallers() {
        arrived = new CountDownLatch(CALLERS);
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, CALLERS)
                .mapToObj(caller -> send("GET", "/shop/crowd"))
                .toList();

        assertThat(asked).allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("answer 1"));
    }

    @Test
    void endWithTheirTags() {
        get("/shop/page");
        String offers = get("/shop/offers").body();

        send("POST", "/shop/page").join();

        assertThat(get("/shop/page").body()).isEqualTo("answer 4");
        assertThat(get("/shop/offers").body()).isEqualTo(offers);
    }

    @Test
    void areStoredForTheMethodsThatAreNamed() {
        assertThat(send("POST", "/shop/page").join().body()).isEqualTo("answer 1");
        assertThat(send("POST", "/shop/page").join().body()).isEqualTo("answer 2");
        assertThat(send("POST", "/search?q=pens&from=1").join().body()).isEqualTo("answer 3");
        assertThat(send("POST", "/search?q=pens&from=2").join().body()).isEqualTo("answer 3");
        assertThat(send("POST", "/search?q=ink").join().body()).isEqualTo("answer 4");
        assertThat(send("POST", "/suggest?q=ink").join().body()).isEqualTo("answer 5");
    }

    @Test
    void areFoundByAnnotationsOfInterfaces() {
        assertThat(get("/prices/pen?x=1").body()).isEqualTo("answer 1");
        assertThat(get("/prices/pen?x=2").body()).isEqualTo("answer 1");
        assertThat(get("/prices/ink").body()).isEqualTo("answer 2");
        assertThat(get("/missing").statusCode()).isEqualTo(404);
        assertThat(get("/missing").body()).isEqualTo("answer 3");
        assertThat(get("/plain").body()).isEqualTo("answer 4");
        assertThat(get("/plain").body()).isEqualTo("answer 5");
    }

    @Test
    void areNeverAnotherUsers() {
        assertThat(get("/mine", "Authorization", "Ann").body()).isEqualTo("answer 1");
        assertThat(get("/mine", "Authorization", "Bob").body()).isEqualTo("answer 2");
        assertThat(get("/mine", "Authorization", "Ann").body()).isEqualTo("answer 1");
        assertThat(get("/mine").body()).isEqualTo("answer 3");
        assertThat(get("/shop/page", "Authorization", "Ann").body()).isEqualTo("answer 4");
        assertThat(get("/shop/page", "Authorization", "Ann").body()).isEqualTo("answer 5");
        assertThat(get("/shop/page").body()).isEqualTo("answer 6");
    }

    private static CacheEntry<String, Object> entry(String glob) {
        try (var found = cache.entries(glob)) {
            return found.toList().get(0);
        }
    }

    private static HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers).join();
    }

    private static CompletableFuture<HttpResponse<String>> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + app.getEnvironment().getRequiredProperty("local.server.port") + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
