package io.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
import io.larder.annotations.Cached;
import io.larder.testkit.ReferenceProvider;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Entities that Hibernate writes when it sees fit, and the entries that were made of their table. */
class JpaTest {

    @Entity(name = "orders")
    static class Order {

        @Id
        int id;

        int amount;
    }

    static class Orders {

        @PersistenceContext
        EntityManager entities;

        @Cached(cache = "amounts", key = "{id}", tags = "table:orders")
        public Integer amount(int id) {
            return entities.find(Order.class, id).amount;
        }

        public void change(int id, int amount) {
            entities.find(Order.class, id).amount = amount;
        }

        public void add(int id, int amount) {
            Order order = new Order();
            order.id = id;
            order.amount = amount;
            entities.persist(order);
        }

        public void addToAll(int amount) {
            entities.createQuery("update orders set amount = amount + " + amount)
                    .executeUpdate();
        }
    }

    @Configuration
    @EnableLarder
    static class App {

        @Bean
        Larder larder() {
            return Larder.builder("reference:")
                    .provider(ReferenceProvider.byReference())
                    .build();
        }

        @Bean
        TableTags tags(LarderCaches caches, TransactionTiming timing) {
            return new TableTags(caches, timing);
        }

        @Bean
        DataSource database(TableTags tags) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:jpa;DB_CLOSE_DELAY=-1");
            return tags.watch(database);
        }

        @Bean
        LocalContainerEntityManagerFactoryBean entities(DataSource database) {
            LocalContainerEntityManagerFactoryBean entities = new LocalContainerEntityManagerFactoryBean();
            entities.setDataSource(database);
            entities.setPersistenceProviderClass(HibernatePersistenceProvider.class);
            entities.setPackagesToScan(JpaTest.class.getPackageName());
            entities.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create-drop"));
            return entities;
        }

        @Bean
        PlatformTransactionManager transactions(EntityManagerFactory entities) {
            return new JpaTransactionManager(entities);
        }

        @Bean
        Orders orders() {
            return new Orders();
        }
    }

    @Test
    void entriesOfATableGoWhenEntitiesAreWritten() {
        try (var context = new AnnotationConfigApplicationContext(App.class)) {
            Orders orders = context.getBean(Orders.class);
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            transaction.executeWithoutResult(status -> orders.add(1, 10));
            assertThat(orders.amount(1)).isEqualTo(10);

            transaction.executeWithoutResult(status -> orders.change(1, 11));
            assertThat(orders.amount(1)).isEqualTo(11);
            transaction.executeWithoutResult(status -> orders.addToAll(1));
            assertThat(orders.amount(1)).isEqualTo(12);

            var cached = context.getBean(LarderCaches.class)
                    .named("amounts")
                    .iterator()
                    .next();
            transaction.executeWithoutResult(status -> {
                orders.addToAll(1);
                assertThat(cached.get("1")).isEqualTo(12);
                status.setRollbackOnly();
            });
            assertThat(cached.get("1")).isEqualTo(12);
        }
    }
}
