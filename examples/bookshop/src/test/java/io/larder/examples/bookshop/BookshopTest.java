package io.larder.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** Drives the shop as a client does, over HTTP, and lets the database count its queries. */
class BookshopTest {

    private static final String MIDDLEMARCH = "/books/9780141439549";

    @Test
    void sellsFromMemory() throws Exception {
        drive("memory:?max=10k");
    }

    @Test
    void sellsFromRedisAlsoAfterARestart() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            String url = "redis://" + server.address() + "?timeout=1m";
            drive(url);
            drive(url);
        }
    }

    private static void drive(String url) throws Exception {
        try (ConfigurableApplicationContext shop =
                SpringApplication.run(Bookshop.class, "--server.port=0", "--larder.url=" + url)) {
            RestClient client = RestClient.create(
                    "http://localhost:" + shop.getEnvironment().getRequiredProperty("local.server.port"));
            JdbcClient database = shop.getBean(JdbcClient.class);
            database.sql("set query_statistics true").update();

            secondRequestDoesNotAskTheDatabase(client, database);
            writesEndWhatCameFromTheirTable(client);
            actuatorShowsTheCaches(client);
            clientsThatHaveAResponseAreToldSo(shop);
        }
    }

    private static void secondRequestDoesNotAskTheDatabase(RestClient client, JdbcClient database) {
        Book first = get(client, MIDDLEMARCH, Book.class);
        long queries = queries(database);
        Book second = get(client, MIDDLEMARCH, Book.class);

        assertThat(first).isEqualTo(new Book("9780141439549", "Middlemarch", "George Eliot", 1299));
        assertThat(second).isEqualTo(first);
        assertThat(queries).isEqualTo(1);
        assertThat(queries(database)).isEqualTo(queries);
    }

    private static void writesEndWhatCameFromTheirTable(RestClient client) {
        assertThat(get(client, "/authors/1/books", Book[].class))
                .extracting(Book::title)
                .containsExactly("Middlemarch", "Silas Marner");

        client.put().uri(MIDDLEMARCH + "/price?cents=999").retrieve().toBodilessEntity();
        client.put()
                .uri("/authors/1/name?name={name}", "Mary Ann Evans")
                .retrieve()
                .toBodilessEntity();

        Book now = new Book("9780141439549", "Middlemarch", "Mary Ann Evans", 999);
        assertThat(get(client, MIDDLEMARCH, Book.class)).isEqualTo(now);
        assertThat(get(client, "/authors/1/books", Book[].class)).contains(now);
    }

    private static void actuatorShowsTheCaches(RestClient client) {
        assertThat(get(client, "/actuator/health", String.class)).contains("\"status\":\"UP\"", "\"larder\":{");
        assertThat(get(client, "/actuator/metrics/cache.gets?tag=cache:books&tag=result:hit", String.class))
                .contains("\"value\":1.0");
        assertThat(get(client, "/actuator/larder/books", String.class))
                .contains("\"9780141439549\":", "\"table:authors\"", "\"table:books\"");
    }

    private static void clientsThatHaveAResponseAreToldSo(ConfigurableApplicationContext shop) throws Exception {
        HttpRequest.Builder shelf = HttpRequest.newBuilder(URI.create("http://localhost:"
                + shop.getEnvironment().getRequiredProperty("local.server.port") + "/authors/2/books"));
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> first = client.send(shelf.build(), BodyHandlers.ofString());
        HttpResponse<String> second = client.send(shelf.build(), BodyHandlers.ofString());
        String etag = first.headers().firstValue("ETag").orElseThrow();
        shelf.header("If-None-Match", etag);
        HttpResponse<String> known = client.send(shelf.build(), BodyHandlers.ofString());
        shop.getBean(Books.class).rename(2, "Miss Austen");
        HttpResponse<String> changed = client.send(shelf.build(), BodyHandlers.ofString());

        assertThat(first.body()).contains("Jane Austen");
        assertThat(first.headers().firstValue("Age")).isEmpty();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("ETag")).hasValue(etag);
        assertThat(second.headers().firstValue("Age")).isPresent();
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("Miss Austen");
    }

    private static <T> T get(RestClient client, String path, Class<T> type) {
        return client.get().uri(path).retrieve().body(type);
    }

    private static long queries(JdbcClient database) {
        return database.sql("select coalesce(sum(execution_count), 0) from information_schema.query_statistics"
                        + " where sql_statement like 'select isbn%'")
                .query(Long.class)
                .single();
    }
}
