package io.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PagesTest {

    private Pages<Integer> numbers(int count) {
        return Pages.of(IntStream.range(0, count).boxed().iterator());
    }

    @Test
    void endWithAnEmptyPageAndStayAtTheEnd() {
        Pages<Integer> pages = numbers(Pages.PAGE_SIZE + 1);

        assertThat(pages.next().join()).hasSize(Pages.PAGE_SIZE);
        assertThat(pages.next().join()).containsExactly(Pages.PAGE_SIZE);
        assertThat(pages.next().join()).isEmpty();
        assertThat(pages.next().join()).isEmpty();
    }

    @Test
    void goOnWhereNothingOfAPageIsLeft() {
        int last = 20_000 * Pages.PAGE_SIZE;

        Pages<Integer> filtered = numbers(last + 1).mapNotNull(number -> number == last ? number : null);
        assertThat(filtered.next().join()).containsExactly(last);
        assertThat(filtered.next().join()).isEmpty();

        Pages<Integer> async = numbers(last + 1).mapNotNull(number -> number == last ? number : null);
        assertThat(async.next().toFuture(Runnable::run).join()).containsExactly(last);
    }
}
