package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import javax.cache.Caching;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hibernate's second-level cache on Larder, in front of H2. */
class HibernateTest {

    private static final String PROVIDER = LarderCachingProvider.class.getName();

    private SessionFactory sessions;
    private Statistics statistics;

    @Entity(name = "Book")
    @Cacheable
    @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Book {

        @Id
        Long id;

        String title;

        Book() {}

        Book(Long id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    @BeforeEach
    void open() {
        sessions = new Configuration()
                .addAnnotatedClass(Book.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:")
                .setProperty("hibernate.connection.pool_size", "1")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.generate_statistics", "true")
                .setProperty("hibernate.cache.region.factory_class", "jcache")
                .setProperty("hibernate.cache.use_query_cache", "true")
                .setProperty("hibernate.javax.cache.provider", PROVIDER)
                .setProperty("hibernate.javax.cache.missing_cache_strategy", "create")
                .buildSessionFactory();
        statistics = sessions.getStatistics();
    }

    @AfterEach
    void close() {
        sessions.close();
        Caching.getCachingProvider(PROVIDER).close();
    }

    @Test
    void entityIsReadOnceForManySessions() {
        save(new Book(1L, "Moby"));
        assertThat(title(1)).isEqualTo("Moby");
        statistics.clear();

        assertThat(title(1)).isEqualTo("Moby");
        assertThat(title(1)).isEqualTo("Moby");
        assertThat(statistics.getSecondLevelCacheHitCount()).isEqualTo(2);
        assertThat(statistics.getPrepareStatementCount()).isZero();
    }

    @Test
    void changedEntityIsSeenByTheNextSession() {
        save(new Book(7L, "old"));
        assertThat(title(7)).isEqualTo("old");

        sessions.inTransaction(session -> session.find(Book.class, 7L).title = "new");

        assertThat(title(7)).isEqualTo("new");
    }

    @Test
    void queryIsAskedOnceUntilItsTableChanges() {
        save(new Book(1L, "Moby"));

        assertThat(count()).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
        assertThat(statistics.getQueryCacheHitCount()).isEqualTo(1);

        save(new Book(2L, "Dick"));
        assertThat(count()).isEqualTo(2);
    }

    private void save(Book book) {
        sessions.inTransaction(session -> session.persist(book));
    }

    private String title(long id) {
        return sessions.fromTransaction(session -> session.find(Book.class, id).title);
    }

    private long count() {
        return sessions.fromTransaction(session -> session.createSelectionQuery("select count(*) from Book", Long.class)
                .setCacheable(true)
                .getSingleResult());
    }
}
