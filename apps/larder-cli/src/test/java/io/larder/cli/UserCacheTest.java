package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The cache that commands share when none is named. */
class UserCacheTest {

    @TempDir
    Path folder;

    @Test
    void liesWhereTheSystemKeepsWhatCanBeMadeAgain() {
        Map<String, String> home = Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "", "LOCALAPPDATA", "C:\\Ann\\Local");

        assertThat(UserCache.url(home, "Linux")).isEqualTo("disk:/home/ann/.cache/larder");
        assertThat(UserCache.url(home, "Mac OS X")).isEqualTo("disk:/home/ann/Library/Caches/larder");
        assertThat(UserCache.url(home, "Windows 11")).isEqualTo("disk:C:\\Ann\\Local\\larder");
    }

    @Test
    void liesWhereXdgSaysIfThatIsAbsolute() {
        assertThat(UserCache.url(Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "/var/ann"), "Linux"))
                .isEqualTo("disk:/var/ann/larder");
        assertThat(UserCache.url(Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "ann"), "Linux"))
                .isEqualTo("disk:/home/ann/.cache/larder");
    }

    @Test
    void aFolderOfAnyNameIsMeantAsItIs() {
        String odd = "/a b/50%/50%25/w?y=1&z/ü@h:x";

        assertThat(CacheUrl.parse(UserCache.url(Map.of("XDG_CACHE_HOME", odd), "Linux"))
                        .path())
                .isEqualTo(odd + "/larder");
        assertThat(CacheUrl.parse(UserCache.url(Map.of("HOME", "/"), "Linux"))).satisfies(url -> {
            assertThat(url.hosts()).isEmpty();
            assertThat(url.path()).isEqualTo("//.cache/larder");
        });
    }

    @Test
    void withoutAHomeItIsAskedFor() {
        assertThatThrownBy(() -> UserCache.url(Map.of(), "Linux"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot tell where your cache is: the variable HOME is not set."
                        + " Set it, or name a cache by --url or LARDER_URL");
        assertThat(larder(Map.of("LARDER_URL", ""), "", "get", "a").refusal()).contains("variable HOME is not set");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void commandsMeetInIt() {
        unnamed("set", "a", "{\"n\":0.10}", "--ttl", "1h", "--tag", "t").prints();
        unnamed("get", "a").prints("{\"n\":0.10}");
        unnamed("invalidate", "--tag", "t").prints("1");
        assertThat(unnamed("get", "a")).isEqualTo(new Cli(Exit.MISS, "", ""));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void pingAndStatsSayWhere() {
        String url = "disk:" + folder.resolve("larder") + "?memory=0";

        assertThat(unnamed("ping").out()).startsWith("ok " + url + " ");
        assertThat(unnamed("stats").lines()).anyMatch(line -> line.matches("url +\\Q" + url + "\\E"));
    }

    private Cli unnamed(String... words) {
        return larder(Map.of("LARDER_URL", "", "XDG_CACHE_HOME", folder.toString()), "", words);
    }
}
