package io.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.annotations.Cached;
import io.larder.annotations.Invalidate;
import io.larder.annotations.KeyBuilder;
import io.larder.testkit.ReferenceProvider;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;

class BeansTest {

    record User(String id, int age) {}

    static class Users {

        final List<String> called = new ArrayList<>();

        @Cached(cache = "users", key = "{#user.id + '/' + #user.age}", condition = "{#user.age > 17}")
        public String greeting(User user) {
            called.add(user.id());
            return "Hello " + user.id();
        }

        @Cached(cache = "built", keyBuilder = Suffixed.class)
        public String built(String id) {
            called.add(id);
            return id;
        }

        @Invalidate(cache = "users", match = "*")
        public void forget() {}

        @Cacheable("spring")
        public String spring(String id, int n) {
            called.add(id);
            return id;
        }

        @Cacheable(cacheNames = "async", sync = true)
        public CompletableFuture<String> async(String id) {
            called.add(id);
            return CompletableFuture.completedFuture(id);
        }

        @Cacheable("lists")
        public Optional<List<User>> list() {
            return Optional.of(List.of());
        }

        @Cacheable("generic")
        public <T> List<T> generic() {
            return List.of();
        }

        @Cacheable("counts")
        public int count() {
            return 1;
        }

        @Cacheable("mixed")
        public User one() {
            return new User("a", 1);
        }

        @Cacheable("mixed")
        public String other(int n) {
            return "b";
        }

        public List<String> calls() {
            return called;
        }
    }

    static final class Suffixed implements KeyBuilder {

        private final String suffix;

        Suffixed(String suffix) {
            this.suffix = suffix;
        }

        @Override
        public String key(Method method, Object[] arguments) {
            return arguments[0] + suffix;
        }
    }

    interface Repository {
        @Cached(cache = "repository", key = "{id}")
        String find(String id);
    }

    @Configuration
    @EnableLarder
    @EnableCaching
    static class App {

        @Bean
        Larder larder() {
            return Larder.builder("reference:")
                    .provider(ReferenceProvider.byReference())
                    .build();
        }

        @Bean
        Suffixed suffixed() {
            return new Suffixed("-suffix");
        }

        @Bean
        Users users() {
            return new Users();
        }

        /** A proxy made by somebody else, as repositories are. */
        @Bean
        Repository repository(Users users) {
            return (Repository) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Repository.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("hashCode")) {
                            return 1;
                        }
                        users.calls().add("repository");
                        return "found " + arguments[0];
                    });
        }
    }

    @Test
    void beansObeyBothKindsOfAnnotations() {
        try (var context = new AnnotationConfigApplicationContext(App.class)) {
            Users users = context.getBean(Users.class);
            LarderCaches caches = context.getBean(LarderCaches.class);

            users.greeting(new User("ann", 18));
            users.greeting(new User("ann", 18));
            users.greeting(new User("bob", 17));
            users.greeting(new User("bob", 17));
            assertThat(users.calls()).containsExactly("ann", "bob", "bob");
            assertThat(caches.open("users", 0, TypeRef.of(String.class)).get("ann/18"))
                    .isEqualTo("Hello ann");
            users.forget();
            users.greeting(new User("ann", 18));
            users.built("x");
            users.built("x");
            assertThat(users.calls()).containsExactly("ann", "bob", "bob", "ann", "x");
            users.spring("s", 1);
            users.spring("s", 1);
            users.async("a").join();
            users.async("a").join();
            assertThat(users.calls()).endsWith("x", "s", "a");
            assertThat(caches.getCache("spring").getNativeCache()).isInstanceOf(io.larder.Cache.class);
        }
    }

    @Test
    void springsAnnotationsTellTheTypeOfACache() {
        try (var context = new AnnotationConfigApplicationContext(App.class)) {
            LarderCaches caches = context.getBean(LarderCaches.class);

            assertThat(caches.open("lists", 0, new TypeRef<List<User>>() {}))
                    .isSameAs(caches.getCache("lists").getNativeCache());
            assertThat(caches.open("async", 0, TypeRef.of(String.class)))
                    .isSameAs(caches.getCache("async").getNativeCache());
            assertThat(caches.open("counts", 0, TypeRef.of(Integer.class)))
                    .isSameAs(caches.getCache("counts").getNativeCache());
            assertThat(caches.open("generic", 0, TypeRef.of(Object.class)))
                    .isSameAs(caches.getCache("generic").getNativeCache());
            assertThat(caches.open("mixed", 0, TypeRef.of(Object.class)))
                    .isSameAs(caches.getCache("mixed").getNativeCache());
        }
    }

    @Test
    void repositoriesThatAreProxiesObeyTheirInterface() {
        try (var context = new AnnotationConfigApplicationContext(App.class)) {
            Repository repository = context.getBean(Repository.class);

            assertThat(repository.find("1")).isEqualTo("found 1");
            assertThat(repository.find("1")).isEqualTo("found 1");
            assertThat(context.getBean(Users.class).calls()).containsExactly("repository");
        }
    }

    static class Mistaken {

        @Cached(key = "{#nme}")
        public String slip(String name) {
            return name;
        }

        @Cached
        public final String sealed(String name) {
            return name;
        }
    }

    @Test
    void wrongAnnotationsKeepTheProgramFromStarting() {
        assertThatThrownBy(() -> new AnnotationConfigApplicationContext(App.class, Mistaken.class).close())
                .rootCause()
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "Mistaken.slip(String): @Cached key '{#nme}': no parameter '#nme'; there are [name]",
                        "Mistaken.sealed is final, so its calls do not come by a cache");
    }

    static class Early {

        @Cached
        public String early(String name) {
            return name;
        }
    }

    @Configuration
    static class TooEarly {

        @Bean
        static Early early() {
            return new Early();
        }

        /** One that is there before others, and takes a bean with it. */
        @Bean
        static Hasty hasty(Early early) {
            return new Hasty();
        }
    }

    private static final class Hasty implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Test
    void beanThatIsNotProxiedKeepsTheProgramFromStarting() {
        assertThatThrownBy(() -> new AnnotationConfigApplicationContext(App.class, TooEarly.class).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Beans with cached methods are not proxied")
                .hasMessageContaining("'early' of " + Early.class.getName());
    }
}
