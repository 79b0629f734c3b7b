package io.larder.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineProcessTest {

    /** Repeats a word, or fails when it is told to. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] args) {
            Orders.obey(Map.of("say", words -> words[1], "fail", words -> {
                throw new IllegalStateException("As told");
            }));
        }
    }

    @Test
    void answersEachOrder() {
        try (LineProcess echo = start()) {
            assertThat(echo.ask("say this")).isEqualTo("this");
            assertThat(echo.ask("say that")).isEqualTo("that");
        }
    }

    @Test
    void saysWhoseProcessFailed() {
        try (LineProcess echo = start()) {
            assertThatThrownBy(() -> echo.ask("fail"))
                    .hasMessage("The process of Echo ended without an answer. What it printed above says why");
        }
    }

    @Test
    void keepsWhatAKilledProcessHasSaid() {
        LineProcess echo = start();
        echo.tell("say one");
        echo.tell("say two");
        assertThat(echo.answer()).isEqualTo("one");

        assertThat(echo.kill()).isIn(List.of(), List.of("two"));
    }

    private static LineProcess start() {
        return LineProcess.start("Echo", LineProcess.java(List.of(), Echo.class));
    }
}
