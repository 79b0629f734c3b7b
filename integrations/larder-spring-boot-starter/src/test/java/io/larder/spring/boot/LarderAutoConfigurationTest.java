package io.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.annotations.Cached;
import io.larder.micrometer.LarderMetrics;
import io.larder.spring.LarderCaches;
import io.larder.spring.TableTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class LarderAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LarderAutoConfiguration.class,
                    LarderEndpointAutoConfiguration.class,
                    LarderHealthAutoConfiguration.class,
                    LarderMetricsAutoConfiguration.class,
                    TableTagsAutoConfiguration.class,
                    CacheAutoConfiguration.class));

    static class Books {

        final AtomicInteger asked = new AtomicInteger();

        @Cached(
                cache = "books",
                key = "{isbn}",
                tags = {"table:books", "shelf:{result.length}"})
        public String title(String isbn) {
            return "Title " + isbn + " " + asked.incrementAndGet();
        }

        @Cacheable("authors")
        public String author(String isbn) {
            return "Author " + isbn + " " + asked.incrementAndGet();
        }
    }

    @Configuration
    @EnableCaching
    static class App {

        @Bean
        Books books() {
            return new Books();
        }

        @Bean
        DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:starter");
            return database;
        }
    }

    @Test
    void worksWithoutAnyProperty() {
        runner.withUserConfiguration(App.class).run(context -> {
            Books books = context.getBean(Books.class);

            assertThat(books.title("1")).isEqualTo(books.title("1"));
            assertThat(books.author("1")).isEqualTo(books.author("1"));
            assertThat(context).hasSingleBean(CacheManager.class);
            assertThat(context.getBean(CacheManager.class).getCacheNames()).containsExactly("authors", "books");
        });
    }

    @Test
    void propertiesAreParametersOfTheCachesUrl() {
        runner.withUserConfiguration(App.class)
                .withPropertyValues(
                        "larder.url=memory:?ttl=1h&tags=all",
                        "larder.caches.books.ttl=5m",
                        "larder.caches.books.parameters.max=7",
                        "larder.caches.authors.type=java.lang.String")
                .run(context -> {
                    context.getBean(Books.class).title("1");
                    LarderCaches caches = context.getBean(LarderCaches.class);
                    var books = caches.named("books").iterator().next();

                    assertThat(books.find("1").remaining())
                            .isLessThanOrEqualTo(Duration.ofMinutes(5))
                            .isGreaterThan(Duration.ofMinutes(4));
                    assertThat(books.find("1").tags()).contains("all", "table:books");
                    assertThat(books.stats().backend().address()).contains("max=7");
                    assertThat(caches.open("authors", 0, TypeRef.of(String.class)))
                            .isSameAs(caches.getCache("authors").getNativeCache());
                });
    }

    @Test
    void cachesThatSpringNamesAreThereFromTheStartOn() {
        runner.withUserConfiguration(App.class)
                .withPropertyValues("spring.cache.cache-names=authors,prices")
                .run(context -> {
                    assertThat(context.getBean(CacheManager.class).getCacheNames())
                            .contains("authors", "prices");
                    assertThat(context.getBean(LarderCaches.class).open("authors", 0, TypeRef.of(String.class)))
                            .isSameAs(context.getBean(LarderCaches.class)
                                    .getCache("authors")
                                    .getNativeCache());
                });
    }

    @Test
    void mistakesInPropertiesAreTold() {
        runner.withPropertyValues("larder.caches.books.tll=5m")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("Unknown property 'larder.caches.books.tll'. Did you mean 'ttl'?"));
        runner.withPropertyValues("larder.caches.books.ttl=5")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("duration with a unit"));
        runner.withPropertyValues("larder.caches.books.ttl=5")
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining("larder.caches.books: "));
    }

    @Test
    void customizerSetsWhatPropertiesCannot() {
        AtomicInteger customized = new AtomicInteger();
        runner.withBean(LarderBuilderCustomizer.class, () -> builder -> customized.incrementAndGet())
                .run(context -> {
                    assertThat(context).hasSingleBean(Larder.class);
                    assertThat(customized).hasValue(1);
                });
    }

    @Test
    void endpointShowsAndRemovesEntries() {
        runner.withUserConfiguration(App.class)
                .withPropertyValues("management.endpoints.web.exposure.include=larder")
                .run(context -> {
                    Books books = context.getBean(Books.class);
                    LarderEndpoint endpoint = context.getBean(LarderEndpoint.class);
                    books.title("1");
                    books.title("1");
                    books.title("22");

                    assertThat(endpoint.caches().get("books"))
                            .singleElement()
                            .satisfies(line -> assertThat(line.hits()).isEqualTo(1));
                    assertThat(endpoint.keys("books", "table:books", null, null).keys())
                            .containsOnlyKeys("1", "22");
                    assertThat(endpoint.keys("books", null, "2*", null).keys())
                            .isEqualTo(Map.of("22", Set.of("table:books", "shelf:10")));
                    assertThat(endpoint.keys("books", null, null, 1).more()).isTrue();
                    assertThat(endpoint.keys("others", null, null, null)).isNull();
                    assertThat(endpoint.remove("books", null, "2*").entries()).isEqualTo(1);
                    assertThat(endpoint.remove("books", "table:books", null).entries())
                            .isEqualTo(1);
                    assertThat(endpoint.remove("books", null, null).entries()).isEqualTo(-1);
                });
    }

    @Test
    void healthTellsWhetherBackendsAnswer() {
        runner.run(context -> {
            Health health = context.getBean(HealthIndicator.class).health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("memory:?max=10k");
        });
        runner.withPropertyValues("management.health.larder.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void cachesMadeLaterHaveMeters() {
        runner.withUserConfiguration(App.class).run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(LarderMetrics.class).bindTo(registry);
            var later = context.getBean(CacheManager.class).getCache("later");
            later.put("a", 1);
            later.get("a");

            assertThat(registry.get("cache.gets")
                            .tags("cache", "later", "result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void endpointIsThereOnlyIfItIsExposed() {
        runner.withUserConfiguration(App.class)
                .run(context -> assertThat(context).doesNotHaveBean(LarderEndpoint.class));
    }

    @Test
    void dataSourcesAreWatchedIfThatIsSwitchedOn() {
        runner.withUserConfiguration(App.class)
                .run(context -> assertThat(context).doesNotHaveBean(TableTags.class));
        runner.withUserConfiguration(App.class)
                .withPropertyValues("larder.table-tags.enabled=true", "larder.table-tags.cascade.stock=books")
                .run(context -> {
                    Books books = context.getBean(Books.class);
                    String before = books.title("1");

                    try (Connection connection =
                                    context.getBean(DataSource.class).getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute("create table stock (id int)");
                        assertThat(books.title("1")).isEqualTo(before);
                        statement.execute("insert into stock values (1)");
                    }
                    assertThat(books.title("1")).isNotEqualTo(before);
                });
    }

    @Test
    void worksWithoutActuatorAndJdbc() {
        runner.withClassLoader(new FilteredClassLoader(
                        DelegatingDataSource.class.getPackageName(), "org.springframework.boot.actuate"))
                .withPropertyValues("larder.table-tags.enabled=true")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(LarderCaches.class)
                        .doesNotHaveBean(TableTags.class));
    }

    @Test
    void metadataNamesEveryProperty() throws Exception {
        String metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(Stream.of("larder.url", "larder.caches", "larder.table-tags.enabled", "larder.table-tags.cascade"))
                .allSatisfy(name -> assertThat(metadata).contains("\"name\": \"" + name + "\""));
        assertThat(LarderProperties.class.getRecordComponents()).hasSize(3);
        assertThat(LarderProperties.TableTagsProperties.class.getRecordComponents())
                .hasSize(2);
    }

    @Test
    void nativeImageKeepsWhatIsReachedByName() {
        RuntimeHints hints = new RuntimeHints();

        new LarderHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Connection.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(CacheProperties.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .accepts(hints);
    }
}
