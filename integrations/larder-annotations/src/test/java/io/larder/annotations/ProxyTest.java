package io.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.TypeRef;
import io.larder.testkit.FakeClock;
import io.larder.testkit.ReferenceProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {

    record User(String id, String team, boolean active) {}

    private final FakeClock clock = new FakeClock();
    private final Larder larder = builder().build();
    private final CachedCalls calls = CachedCalls.on(larder);
    private final List<String> called = new ArrayList<>();

    private LarderBuilder builder() {
        return Larder.builder("reference:")
                .provider(ReferenceProvider.byReference())
                .clock(clock);
    }

    @AfterEach
    void close() {
        larder.close();
    }

    interface Users {

        @Cached(cache = "users", key = "{id}", ttl = "5m", tags = "team:{result.team}", unless = "!{result.active}")
        User find(String id);

        @CachePut(cache = "users", key = "{user.id}", condition = "{user.active}")
        User save(User user);

        @Invalidate(cache = "users", key = "{id}")
        void delete(String id);

        @Invalidate(cache = "users", tags = "team:{team}", beforeInvocation = true)
        void dissolve(String team) throws IOException;

        @Invalidate(cache = "users", match = "{prefix}*")
        void forget(String prefix);

        User plain(String id);
    }

    private final class Table implements Users {

        @Override
        public User find(String id) {
            called.add(id);
            return new User(id, "7", !id.startsWith("gone"));
        }

        @Override
        public User save(User user) {
            return user;
        }

        @Override
        public void delete(String id) {
            if (id.isEmpty()) {
                throw new IllegalStateException("no id");
            }
        }

        @Override
        public void dissolve(String team) throws IOException {
            throw new IOException("no team " + team);
        }

        @Override
        public void forget(String prefix) {}

        @Override
        public User plain(String id) {
            return find(id);
        }
    }

    @Nested
    class OfAnInterface {

        private final Users users = calls.proxy(Users.class, new Table());

        @Test
        void callsOnceForEachKey() {
            assertThat(users.find("1")).isSameAs(users.find("1"));
            assertThat(users.find("2").id()).isEqualTo("2");
            assertThat(called).containsExactly("1", "2");
            assertThat(users.plain("1").id()).isEqualTo("1");
            assertThat(called).hasSize(3);
        }

        @Test
        void keepsTheTtlAndTheTags() {
            Cache<String, User> cache =
                    larder.cache("users", String.class, User.class).build();

            users.find("1");

            assertThat(cache.find("1").remaining()).isEqualTo(Duration.ofMinutes(5));
            assertThat(cache.find("1").tags()).containsExactly("team:7");
        }

        @Test
        void unlessKeepsAResultFromBeingStored() {
            users.find("gone");
            users.find("gone");

            assertThat(called).containsExactly("gone", "gone");
        }

        @Test
        void putReplacesWhatIsCachedIfItsConditionHolds() {
            users.find("1");

            users.save(new User("1", "8", true));
            users.save(new User("1", "9", false));

            assertThat(users.find("1").team()).isEqualTo("8");
            assertThat(called).hasSize(1);
        }

        @Test
        void invalidatesAfterTheCallUnlessItFails() {
            users.find("1");
            users.find("");

            users.delete("1");
            assertThatThrownBy(() -> users.delete("")).hasMessage("no id");
            users.find("1");
            users.find("");

            assertThat(called).containsExactly("1", "", "1");
        }

        @Test
        void invalidatesBeforeACallThatFails() {
            users.find("1");

            assertThatThrownBy(() -> users.dissolve("7"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no team 7");

            users.find("1");
            assertThat(called).containsExactly("1", "1");
        }

        @Test
        void invalidatesByAPatternInWhichValuesAreTakenAsTheyAre() {
            users.find("a*1");
            users.find("ab1");

            users.forget("a*");
            users.find("a*1");
            users.find("ab1");

            assertThat(called).containsExactly("a*1", "ab1", "a*1");
        }
    }

    interface Prices {
        Integer price(List<String> basket, int discount);

        String label(String article);

        List<String> articles();

        Optional<String> hint(String article);

        @Cached
        String note(String article);

        String note(Object article);
    }

    @Cached(ttl = "1m", missTtl = "10s")
    private final class PriceList implements Prices {

        @Override
        public Integer price(List<String> basket, int discount) {
            called.add(basket + "-" + discount);
            return 0;
        }

        @Override
        public String label(String article) {
            called.add(article);
            return null;
        }

        @Override
        public List<String> articles() {
            called.add("articles");
            return List.of();
        }

        @Override
        public Optional<String> hint(String article) {
            called.add("hint");
            return article.isEmpty() ? Optional.empty() : Optional.of(article);
        }

        @Override
        @Cached(cache = "notes")
        public String note(String article) {
            return "text";
        }

        @Override
        @Cached(cache = "notes", missTtl = "0s")
        public String note(Object article) {
            return "object";
        }
    }

    @Nested
    class OfAClassThatIsAnnotated {

        private final Prices prices = calls.proxy(Prices.class, new PriceList());

        @Test
        void cachesWhatIsFalsyEmptyOrNull() {
            assertThat(prices.price(List.of("a"), 1)).isZero();
            assertThat(prices.price(List.of("a"), 1)).isZero();
            assertThat(prices.articles()).isEmpty();
            assertThat(prices.articles()).isEmpty();
            assertThat(prices.label("x")).isNull();
            assertThat(prices.label("x")).isNull();
            assertThat(prices.hint("")).isEmpty();
            assertThat(prices.hint("")).isEmpty();
            assertThat(prices.hint("h")).contains("h");

            assertThat(called).containsExactly("[a]-1", "articles", "x", "hint", "hint");
        }

        @Test
        void nullIsCachedForItsOwnTime() {
            prices.label("x");

            clock.advance(Duration.ofSeconds(11));
            prices.label("x");

            assertThat(called).containsExactly("x", "x");
        }

        @Test
        void keysTellArgumentsAndOverloadsApart() {
            prices.price(List.of("a", "b"), 1);
            prices.price(List.of("a,b"), 1);

            assertThat(called).hasSize(2);
            assertThat(prices.note("n")).isEqualTo("text");
            assertThat(prices.note((Object) "n")).isEqualTo("object");
        }
    }

    interface Services {
        String services();
    }

    private static final class ServicesFile implements Services, Stamp {

        private static Path file;
        private int reads;

        @Override
        public String of(Method method, Object[] arguments) throws IOException {
            return Stamp.ofFile(file);
        }

        @Override
        @Cached(validateWith = ServicesFile.class)
        public String services() {
            return "read " + ++reads;
        }
    }

    @Test
    void holdsWhileAFileIsUnchanged(@TempDir Path folder) throws IOException {
        ServicesFile.file = Files.writeString(folder.resolve("services.yml"), "a");
        Services services = calls.proxy(Services.class, new ServicesFile());

        assertThat(services.services()).isEqualTo("read 1");
        assertThat(services.services()).isEqualTo("read 1");
        Files.writeString(ServicesFile.file, "b");
        assertThat(services.services()).isEqualTo("read 2");
    }

    interface Wrong {
        @Cached(key = "{nme}")
        String named(String name);

        @Cached(ttl = "5", cache = "a")
        String timed(String name);

        @Cached(key = "all")
        String same(String name);

        @Cached
        void nothing();

        @Cached(cache = "a")
        @CachePut(cache = "a", key = "{0}")
        String both(String name);

        @Invalidate(cache = "a")
        void vague();

        @Invalidate(tags = "{name}")
        void nowhere(String name);

        @Cached(cache = "b", unless = "{result.lenght}")
        String slip(String name);

        @Cached(cache = "b")
        Integer otherType(String name);

        @Cached(key = "{a}{b}")
        String unseparated(String a, String b);
    }

    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // What is tested.
    private static class Clumsy implements Services {
        @Override
        public String services() {
            return "";
        }

        @Cached
        public String hidden() {
            return "";
        }
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Wrong none = (Wrong) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Wrong.class}, (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> calls.proxy(Wrong.class, none))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        ".named(String): @Cached key '{nme}': no parameter 'nme'; there are [name]",
                        ".timed(String): @Cached: ttl must be a duration with a unit",
                        ".same(String): @Cached key 'all' is the same for all arguments. Name one, such as '{0}'",
                        ".nothing(): @Cached needs a result, and it returns nothing",
                        ".both(String): @Cached would keep @CachePut from being made. Take one of them",
                        ".vague(): @Invalidate says neither tags nor match nor key. For all entries say match = \"*\"",
                        ".nowhere(String): @Invalidate needs the name of a cache",
                        ".slip(String): @Cached unless '{result.lenght}': no accessor 'lenght' in java.lang.String",
                        "Cache 'b' is open already with other settings",
                        ".unseparated(String, String): @Cached key '{a}{b}': nothing tells the end of one value");
        assertThatThrownBy(() -> calls.proxy(Services.class, new Clumsy()))
                .hasMessageContaining("Clumsy.hidden is not in Services, so its calls do not come by a cache");
    }

    @Test
    void whatABackendOfBytesKeepsIsOfTheMethodsType() {
        try (Larder bytes = Larder.builder("reference:?codec=java(allow=io.larder.**)")
                .provider(ReferenceProvider.ofBytes())
                .build()) {
            Prices prices = CachedCalls.on(bytes).proxy(Prices.class, new PriceList());

            prices.price(List.of(), 3);

            assertThat(prices.price(List.of(), 3)).isZero();
            assertThat(called).hasSize(1);
        }
    }

    @Test
    void memoAnswersFromItsCache() {
        Memo<Integer, Integer> squares = calls.memoize("squares", Integer.class, n -> {
            called.add("" + n);
            return n * n;
        });

        assertThat(squares.apply(3)).isEqualTo(9);
        assertThat(squares.apply(3)).isEqualTo(9);
        assertThat(called).hasSize(1);
        assertThat(squares.cache().get(squares.key(3))).isEqualTo(9);
        assertThat(squares.bypass().apply(3)).isEqualTo(9);
        assertThat(called).hasSize(2);
        assertThat(squares.invalidate(3)).isTrue();
        assertThat(squares.invalidate(3)).isFalse();
        assertThat(squares.apply(3)).isEqualTo(9);
        assertThat(called).hasSize(3);
    }

    @Test
    void memoTakesOptionsAndThrowsWhatTheFunctionThrows() {
        Memo<String, Integer> parsed = calls.memoize(
                "parsed", TypeRef.of(Integer.class), Integer::valueOf, EntryOptions.ttl(Duration.ofMinutes(1)));

        parsed.apply("1");

        assertThat(parsed.cache().find("\"1\"").remaining()).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> parsed.apply("x")).isInstanceOf(NumberFormatException.class);
    }
}
