package io.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Larder;
import io.larder.annotations.CachePut;
import io.larder.annotations.Cached;
import io.larder.annotations.Invalidate;
import io.larder.testkit.ReferenceProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database, and what of its transactions is seen in caches. */
class TransactionsTest {

    /** How much each order is for. */
    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Cached(cache = "amounts", key = "{id}", tags = "table:orders")
        public Integer amount(int id) {
            return jdbc.queryForObject("select amount from orders where id = ?", Integer.class, id);
        }

        @Cached(cache = "totals", tags = "table:lines")
        public Integer total() {
            return jdbc.queryForObject("select sum(amount) from orders", Integer.class);
        }

        @Invalidate(cache = "amounts", key = "{id}")
        public void told(int id, int amount) {
            jdbc.update("update orders set amount = ? where id = ?", amount, id);
        }

        @Transactional
        @Invalidate(cache = "amounts", key = "{id}")
        public void toldInItsTransaction(int id, int amount) {
            told(id, amount);
        }

        @CachePut(cache = "amounts", key = "{id}")
        public Integer put(int id, int amount) {
            jdbc.update("update orders set amount = ? where id = ?", amount, id);
            return amount;
        }

        public void untold(int id, int amount) {
            jdbc.update("update orders set amount = ? where id = ?", amount, id);
        }
    }

    @Configuration
    @EnableLarder
    @EnableTransactionManagement
    static class App {

        @Bean
        Larder larder() {
            return Larder.builder("reference:")
                    .provider(ReferenceProvider.byReference())
                    .build();
        }

        @Bean
        DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return database;
        }

        @Bean
        JdbcTemplate jdbc(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Orders orders(JdbcTemplate jdbc) {
            return new Orders(jdbc);
        }
    }

    @Configuration
    static class Watched extends App {

        @Bean
        TableTags tags(LarderCaches caches, TransactionTiming timing) {
            return new TableTags(caches, timing).cascade("orders", "Lines");
        }

        @Bean
        @Primary
        DataSource watched(DataSource database, TableTags tags) {
            return tags.watch(database);
        }
    }

    private AnnotationConfigApplicationContext context;
    private Orders orders;
    private TransactionTemplate transaction;

    private void start(Class<?> app) {
        context = new AnnotationConfigApplicationContext(app);
        orders = context.getBean(Orders.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("create table orders (id int primary key, amount int)");
        jdbc.update("insert into orders values (1, 10), (2, 20)");
    }

    @AfterEach
    void stop() {
        context.getBean(JdbcTemplate.class).execute("shutdown");
        context.close();
    }

    @Nested
    class ByAnnotation {

        @BeforeEach
        void start() {
            TransactionsTest.this.start(App.class);
        }

        @Test
        void entriesGoAfterTheCommit() {
            orders.amount(1);
            transaction.executeWithoutResult(status -> {
                orders.told(1, 11);
                assertThat(orders.amount(1))
                        .as("what the transaction itself sees")
                        .isEqualTo(11);
                assertThat(elsewhere()).as("what others see").isEqualTo(10);
            });

            assertThat(orders.amount(1)).isEqualTo(11);
        }

        @Test
        void nothingGoesWhenTheTransactionIsRolledBack() {
            orders.amount(1);
            transaction.executeWithoutResult(status -> {
                orders.told(1, 11);
                status.setRollbackOnly();
            });
            orders.untold(1, 12);

            assertThat(orders.amount(1)).as("still cached").isEqualTo(10);
        }

        @Test
        void whatIsNotCommittedIsNeverCached() {
            transaction.executeWithoutResult(status -> {
                orders.untold(1, 11);
                assertThat(orders.amount(1)).isEqualTo(11);
                orders.put(2, 21);
                status.setRollbackOnly();
            });

            assertThat(orders.amount(1)).isEqualTo(10);
            assertThat(orders.amount(2)).isEqualTo(20);
        }

        @Test
        void whatIsPutInATransactionIsReadAnewAfterIt() {
            orders.amount(2);
            transaction.executeWithoutResult(status -> orders.put(2, 21));
            orders.untold(2, 22);

            assertThat(orders.amount(2)).isEqualTo(22);
        }

        @Test
        void transactionIsAnsweredFromTheCacheUntilItChangesIt() {
            orders.amount(1);
            orders.untold(1, 11);

            transaction.executeWithoutResult(status -> {
                assertThat(orders.amount(1)).isEqualTo(10);
                orders.told(2, 21);
                assertThat(orders.amount(1)).isEqualTo(11);
            });
            assertThat(orders.amount(1)).isEqualTo(10);
        }

        @Test
        void methodsOwnTransactionIsCommittedWhenItsEntriesGo() {
            orders.amount(1);

            orders.toldInItsTransaction(1, 11);

            assertThat(orders.amount(1)).isEqualTo(11);
        }

        @Test
        void readOnlyTransactionFillsIfItReadsWhatIsCommitted() {
            TransactionTemplate reader = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            reader.setReadOnly(true);
            reader.executeWithoutResult(status -> orders.amount(1));
            reader.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
            reader.executeWithoutResult(status -> orders.amount(2));
            orders.untold(1, 11);
            orders.untold(2, 21);

            assertThat(orders.amount(1)).isEqualTo(11);
            assertThat(orders.amount(2)).isEqualTo(20);
        }

        @Test
        void springsCacheFollowsTheTransaction() {
            var cache = context.getBean(LarderCaches.class).getCache("spring");
            cache.put("kept", 1);
            transaction.executeWithoutResult(status -> {
                cache.evict("kept");
                cache.put("new", 1);
                assertThat(cache.get("kept")).isNull();
                assertThat(cache.<Integer>get("loaded", () -> 2)).isEqualTo(2);
                status.setRollbackOnly();
            });

            assertThat(cache.get("kept").get()).isEqualTo(1);
            assertThat(cache.get("new")).isNull();
            assertThat(cache.get("loaded")).isNull();
            transaction.executeWithoutResult(status -> cache.evict("kept"));
            assertThat(cache.get("kept")).isNull();
        }

        @Test
        void whatSpringsCacheRemovesAtOnceGoesAgainAfterTheCommit() {
            var cache = context.getBean(LarderCaches.class).getCache("spring");
            cache.put("a", 1);
            transaction.executeWithoutResult(status -> {
                assertThat(cache.putIfAbsent("a", 2).get()).isEqualTo(1);
                assertThat(cache.evictIfPresent("a")).isTrue();
                assertThat(cache.putIfAbsent("b", 2)).isNull();
                CompletableFuture.runAsync(() -> cache.put("a", "loaded by others before the commit"))
                        .join();
            });

            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("b")).isNull();
        }

        private Integer elsewhere() {
            return CompletableFuture.supplyAsync(() -> orders.amount(1)).join();
        }
    }

    @Nested
    class ByTable {

        @BeforeEach
        void start() {
            TransactionsTest.this.start(Watched.class);
        }

        @Test
        void entriesOfATableGoWhenItIsWritten() {
            orders.amount(1);
            orders.untold(1, 11);

            assertThat(orders.amount(1)).isEqualTo(11);
        }

        @Test
        void entriesGoAfterTheCommitAndStayAfterARollback() {
            orders.amount(1);
            transaction.executeWithoutResult(status -> {
                orders.untold(1, 11);
                assertThat(orders.amount(1))
                        .as("what the transaction itself sees")
                        .isEqualTo(11);
                status.setRollbackOnly();
            });
            var cached = context.getBean(LarderCaches.class)
                    .named("amounts")
                    .iterator()
                    .next();
            assertThat(cached.get("1")).isEqualTo(10);

            transaction.executeWithoutResult(status -> {
                orders.untold(1, 12);
                assertThat(cached.get("1")).isEqualTo(10);
            });
            assertThat(cached.get("1")).isNull();
            assertThat(orders.amount(1)).isEqualTo(12);
        }

        @Test
        void writeToATableCountsAsOneToThoseThatDependOnIt() {
            assertThat(orders.total()).isEqualTo(30);
            orders.untold(1, 11);

            assertThat(orders.total()).isEqualTo(31);
        }

        @Test
        void writesThatNobodySeesCanBeTold() {
            orders.amount(1);
            new JdbcTemplate(context.getBean("database", DataSource.class)).update("update orders set amount = 13");

            transaction.executeWithoutResult(status -> {
                context.getBean(TableTags.class).written("shop.ORDERS");
                assertThat(orders.amount(1)).isEqualTo(13);
            });

            assertThat(orders.amount(1)).isEqualTo(13);
        }

        @Test
        void connectionWithoutSpringCommitsItself() throws SQLException {
            orders.amount(1);
            var cached = context.getBean(LarderCaches.class)
                    .named("amounts")
                    .iterator()
                    .next();
            try (Connection connection = context.getBean(DataSource.class).getConnection()) {
                connection.setAutoCommit(false);
                try (var statement = connection.prepareStatement("update orders set amount = 14")) {
                    assertThat(statement.getConnection()).isEqualTo(connection);
                    statement.addBatch();
                    statement.executeBatch();
                }
                connection.rollback();
                assertThat(cached.get("1")).isEqualTo(10);
                try (var statement = connection.createStatement()) {
                    statement.execute("delete from orders where id = 2");
                    assertThatThrownBy(() -> statement.execute("delete from nothing"))
                            .isInstanceOf(SQLException.class);
                }
                assertThat(cached.get("1")).isEqualTo(10);
                connection.commit();
            }
            assertThat(cached.get("1")).isNull();
        }
    }
}
