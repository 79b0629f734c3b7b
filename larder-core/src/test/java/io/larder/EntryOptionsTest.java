package io.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryOptionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration NEGATIVE = Duration.ofSeconds(-5);

    @Test
    void negativeDurationsAreRefused() {
        assertThatThrownBy(() -> EntryOptions.ttl(NEGATIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ttl must not be negative, was -5s");
        assertThatThrownBy(() -> EntryOptions.DEFAULT.staleFor(NEGATIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("staleFor must not be negative, was -5s");
        assertThatThrownBy(() -> EntryOptions.DEFAULT.missTtl(NEGATIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("missTtl must not be negative, was -5s");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void jitterIsAShare(double share) {
        assertThatThrownBy(() -> EntryOptions.DEFAULT.jitter(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("jitter must be a share from 0 to 1, was " + share);
    }

    @Test
    void aNullTagIsRefused() {
        assertThatThrownBy(() -> EntryOptions.DEFAULT.tags(Arrays.asList("a", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tags must not contain null, were [a, null]");
    }

    @Test
    void everyChangeMakesANewOne() {
        EntryOptions before = EntryOptions.ttl(MINUTE).tags("a");

        before.withTtl(Duration.ZERO);
        before.staleFor(MINUTE);
        before.missTtl(MINUTE);
        before.jitter(1);
        before.tags("b");

        assertThat(before).isEqualTo(EntryOptions.ttl(MINUTE).tags("a"));
        assertThat(EntryOptions.DEFAULT).hasToString("EntryOptions[]");
    }

    @Test
    void theTagsAreACopyWithoutDoubles() {
        List<String> given = new ArrayList<>(List.of("a", "a", ""));
        EntryOptions options = EntryOptions.DEFAULT.tags(given);

        given.add("later");

        assertThat(options.tags()).containsExactlyInAnyOrder("a", "");
        assertThatThrownBy(() -> options.tags().add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatIsUnsetComesFromTheDefaultsAndTagsAddUp() {
        EntryOptions defaults = EntryOptions.ttl(MINUTE)
                .staleFor(MINUTE)
                .missTtl(MINUTE)
                .jitter(0.5)
                .tags("all");

        EntryOptions complete =
                EntryOptions.ttl(EntryOptions.NEVER).jitter(0).tags("one").over(defaults);

        assertThat(complete.ttl()).isEqualTo(EntryOptions.NEVER);
        assertThat(complete.staleFor()).isEqualTo(MINUTE);
        assertThat(complete.missTtl()).isEqualTo(MINUTE);
        assertThat(complete.jitter()).isZero();
        assertThat(complete.tags()).containsExactlyInAnyOrder("all", "one");
    }

    @Test
    void equalSettingsAreEqual() {
        EntryOptions one = EntryOptions.ttl(MINUTE)
                .staleFor(MINUTE)
                .missTtl(MINUTE)
                .jitter(0.5)
                .tags("a", "b");
        EntryOptions other = EntryOptions.tagged("b", "a")
                .jitter(0.5)
                .missTtl(MINUTE)
                .staleFor(MINUTE)
                .withTtl(MINUTE);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(other.jitter(0.4)).isNotEqualTo(other.tags("a"));
    }

    @Test
    void showsWhatIsSet() {
        assertThat(EntryOptions.ttl(Duration.ofSeconds(90)).tags("a").jitter(0.1))
                .hasToString("EntryOptions[ttl=1m30s, jitter=0.1, tags=[a]]");
        assertThat(EntryOptions.ttl(EntryOptions.NEVER)).hasToString("EntryOptions[ttl=never]");
        assertThat(EntryOptions.ttl(EntryOptions.NEVER.minusSeconds(1)).toString())
                .startsWith("EntryOptions[ttl=PT");
    }
}
