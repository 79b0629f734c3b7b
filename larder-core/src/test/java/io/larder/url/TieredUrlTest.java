package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TieredUrlTest {

    @Test
    void oneUrlIsOneTier() {
        TieredUrl url = TieredUrl.parse("memory:?max=10k");

        assertThat(url.last()).hasToString("memory:?max=10k");
        assertThat(url.nearer()).isEmpty();
        assertThat(url).hasToString("memory:?max=10k");
    }

    @Test
    void theNearestComesFirst() {
        TieredUrl url = TieredUrl.parse(" memory:?max=10k| disk:/a%7Cb |redis://u:p%7Cw@host:6379/0");

        assertThat(url.nearer()).extracting(CacheUrl::scheme).containsExactly("memory", "disk");
        assertThat(url.nearer().get(1).path()).isEqualTo("/a|b");
        assertThat(url.last().password()).isEqualTo("p|w");
        assertThat(url).hasToString("memory:?max=10k | disk:/a%7Cb | redis://u:***@host:6379/0");
    }

    @Test
    void whatCanBeReadAsTiersCanBeWrittenAsTiers() {
        TieredUrl url = TieredUrl.parse("memory:?max=10k | disk:/a%7Cb");

        assertThat(TieredUrl.parse(url.toString())).hasToString(url.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory: |", "| memory:", "memory: || disk:/a", "|"})
    void aSideWithoutUrlIsRefused(String text) {
        assertThatThrownBy(() -> TieredUrl.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no URL on one side of a '|' in '" + text
                        + "'. Write 'memory: | redis://host', or '%7C' for a bar that is part of a URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://u:sec|ret@host/0", "redis://a:1 | redis://:sec|x:ret@host/0"})
    void aPasswordThatABarCutsIsNotShown(String text) {
        assertThatThrownBy(() -> TieredUrl.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot tell where the password ends in '")
                .hasMessageEndingWith("Write '%7C' for '|' in it")
                .hasMessageNotContainingAny("sec", "ret@");
    }

    @Test
    void aPortBeforeABarIsNoPassword() {
        assertThat(TieredUrl.parse("memcached://a:11211,b:11211 | redis://u:p@host")
                        .last()
                        .user())
                .isEqualTo("u");
    }
}
