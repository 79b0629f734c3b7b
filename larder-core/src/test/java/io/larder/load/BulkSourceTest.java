package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.LoadException;
import io.larder.PartialLoadException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkSourceTest {

    private final Flight<String> flight = new Flight<>("token", () -> "key 'a'");
    private final Source<String, String> single = BulkSource.<String, String>of(keys -> {
                throw new PartialLoadException(Map.of("b", "1"), Map.of("a", new IllegalStateException("gone")));
            })
            .single();

    @Test
    void aKeyThatComesAloneFailsForItsOwnReason() {
        assertThatThrownBy(() -> single.load("a", flight).join())
                .isExactlyInstanceOf(LoadException.class)
                .hasMessage("Cannot load key 'a': java.lang.IllegalStateException: gone")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyThatComesAloneDoesNotFailForAnothersReason() {
        assertThat(single.load("b", flight).join()).isEqualTo("1");
        assertThat(single.load("c", flight).join()).isNull();
    }

    @Test
    void anExceptionWithoutFailuresIsRefused() {
        assertThatThrownBy(() -> new PartialLoadException(Map.of("a", "1"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failures must not be empty. Return the values if all were loaded");
    }
}
