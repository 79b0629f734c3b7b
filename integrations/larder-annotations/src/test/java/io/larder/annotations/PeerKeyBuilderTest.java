package io.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.peer.PeerKeys;
import io.larder.testkit.ReferenceProvider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The keys are what the five libraries themselves made of the same calls. */
class PeerKeyBuilderTest {

    private static final Method ANY = Users.class.getMethods()[0];

    interface Users {

        @Cached(cache = "users", keyBuilder = LoadUserKey.class)
        String load(int id, boolean active);
    }

    static final class LoadUserKey extends PeerKeyBuilder {
        LoadUserKey() {
            super(cachetory("shop.users", "load_user", "active"));
        }
    }

    @AutoClose
    private final Larder larder = Larder.builder("reference:")
            .provider(ReferenceProvider.byReference())
            .build();

    private final CachedCalls calls = CachedCalls.on(larder);

    private static void assertKey(KeyBuilder keys, String expected, Object... arguments) {
        assertThat(keys.key(ANY, arguments)).isEqualTo(expected);
    }

    @Test
    void cachetoryHasAllArgumentsInAKey() {
        assertKey(PeerKeyBuilder.cachetory("m", "C.f"), "m:C.f:1:a::b:None:1.5:True", 1, "a:b", null, 1.5, true);
        assertKey(PeerKeyBuilder.cachetory("m", "C.f", "b", "a"), "m:C.f:a=1:b=x", "x", 1);
        assertKey(PeerKeyBuilder.cachetory("m", "C.f", "d"), "m:C.f:[1, 2]:d={'a':: 1}", List.of(1, 2), Map.of("a", 1));
        assertKey(
                PeerKeyBuilder.cachetoryHashed("m", "C.f", "k:ey"),
                "812290a0542920d50076ff6006962d6992402facc9cd6a4fddd6cbda2f30531e",
                1,
                "v:al");
    }

    @Test
    void ddfHashesPrefixAndArguments() {
        assertKey(
                PeerKeyBuilder.ddf("pfx", "b"),
                "1379fe5268c2d31a67f1abd50103f6918a64a6ef2b03fe87e4e964998747f7c5",
                1,
                2);
        assertKey(
                PeerKeyBuilder.ddf("v"),
                "d577f1aba6c18614c353bbaca187e1ee211c2ab18a1378b13dc1e0496978cd8c",
                "a",
                true,
                1.5);
    }

    @Test
    void yokedCacheHashesTheQuery() {
        KeyBuilder rows = PeerKeyBuilder.yokedQuery("app", "t1", "users");

        assertKey(
                rows,
                "app:ns:t1:table:users:user:7:query:31c0b42b11505c2e",
                "SELECT  *  FROM Users\n WHERE id=%s",
                Map.of("b", 2, "a", 1),
                7);
        assertKey(PeerKeyBuilder.yokedQuery("app", null, null), "app:query:8e35c2cd3bf6641b", "q");
    }

    @Test
    void keysOfOnesOwnArePutAsThePeerDoes() {
        KeyBuilder own = (method, arguments) -> "user " + arguments[0];

        assertKey(PeerKeyBuilder.yokedSanitized(own), "user_7", 7);
        assertKey(PeerKeyBuilder.ellar("proj", "2", own), "proj:2:user 7", 7);
    }

    @Test
    void aMethodAndAFunctionShareEntriesWithPython() {
        Users users = calls.proxy(Users.class, (id, active) -> "Ann");
        Memo<Integer, String> memo = calls.memoize(
                "users",
                TypeRef.of(String.class),
                id -> "not asked",
                EntryOptions.DEFAULT,
                id -> PeerKeys.cachetory("shop.users", "load_user", Arrays.asList(id), Map.of("active", true)));

        users.load(42, true);

        assertThat(memo.key(42)).isEqualTo("shop.users:load_user:42:active=True");
        assertThat(memo.apply(42)).isEqualTo("Ann");
        assertThat(memo.invalidate(42)).isTrue();
    }

    @Test
    void moreNamesThanArgumentsAreRefused() {
        assertThatThrownBy(() -> PeerKeyBuilder.ddf("v", "a", "b").key(ANY, new Object[] {1}))
                .hasMessage("named must be at most the 1 arguments of load, were a, b");
    }
}
