package io.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTextTest {

    record Point(int x, Object y) {}

    @Test
    void argumentsThatDifferHaveDifferentTexts() {
        Map<String, Object> texts = new HashMap<>();
        List<Object[]> calls = List.of(
                new Object[] {},
                new Object[] {null},
                new Object[] {"null"},
                new Object[] {""},
                new Object[] {"a", "b"},
                new Object[] {"a,b"},
                new Object[] {"a\",\"b"},
                new Object[] {"a\\", "b"},
                new Object[] {1},
                new Object[] {1L},
                new Object[] {(short) 1},
                new Object[] {(byte) 1},
                new Object[] {1.0},
                new Object[] {1.0f},
                new Object[] {"1"},
                new Object[] {'1'},
                new Object[] {true},
                new Object[] {"true"},
                new Object[] {List.of(1, 2)},
                new Object[] {List.of(List.of(1), 2)},
                new Object[] {Set.of(1, 2)},
                new Object[] {new int[] {1, 2}},
                new Object[] {new long[] {1, 2}},
                new Object[] {Map.of(1, 2)},
                new Object[] {List.of()},
                new Object[] {Set.of()},
                new Object[] {Map.of()},
                new Object[] {Optional.empty()},
                new Object[] {Optional.of(1)},
                new Object[] {DayOfWeek.MONDAY},
                new Object[] {"java.time.DayOfWeek.MONDAY"},
                new Object[] {LocalDate.EPOCH},
                new Object[] {Duration.ofSeconds(1)},
                new Object[] {new UUID(1, 2)},
                new Object[] {new Point(1, 2)},
                new Object[] {new Point(1, "2")},
                new Object[] {String.class});

        for (Object[] arguments : calls) {
            assertThat(texts.put(KeyText.ofCall("f", arguments), arguments))
                    .as(Arrays.deepToString(arguments))
                    .isNull();
        }
        assertThat(KeyText.ofCall("find", "a", 1L)).isEqualTo("find(\"a\",1L)");
    }

    @Test
    void argumentsThatAreEqualHaveOneText() {
        Set<Integer> forward = new LinkedHashSet<>(List.of(1, 2, 3));
        Set<Integer> backward = new LinkedHashSet<>(List.of(3, 2, 1));

        assertThat(KeyText.of(forward)).isEqualTo(KeyText.of(backward)).isEqualTo(KeyText.of(new HashSet<>(forward)));
        assertThat(KeyText.of(List.of(1))).isEqualTo(KeyText.of(new ArrayList<>(List.of(1))));
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatThrownBy(() -> KeyText.of(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No key can be made of java.lang.Object.");
        assertThatThrownBy(() -> KeyText.of(endless)).hasMessageContaining("or itself");
    }

    @ParameterizedTest
    @CsvSource({"a:,b,a,:b", "a\\,b,a,\\b", "a\\:,b,a\\,:b"})
    void templatesKeepValuesApart(String a1, String b1, String a2, String b2) throws Exception {
        Method method = getClass().getDeclaredMethod("pair", String.class, String.class);
        Template template = Template.parse("{a}:{b}", method, Paths.PATHS, null);

        assertThat(template.text(new Object[] {a1, b1}, null)).isNotEqualTo(template.text(new Object[] {a2, b2}, null));
        assertThat(template.text(new Object[] {"x", "y"}, null)).isEqualTo("x:y");
        assertThat(template.text(new Object[] {null, "y"}, null))
                .isNotEqualTo(template.text(new Object[] {"\\N", "y"}, null));
    }

    @SuppressWarnings("unused") // By the names of its parameters.
    private static void pair(String a, String b) {}
}
