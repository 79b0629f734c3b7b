package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageIteratorTest {

    private static final int COUNT = 20_000;

    @Test
    void givesEveryResultOnceInOrder() {
        assertThat(PageIterator.stream(numbers())).hasSize(COUNT).isSorted();
    }

    @Test
    void givesEveryResultOnceInParallel() {
        assertThat(PageIterator.stream(numbers()).parallel().distinct().count()).isEqualTo(COUNT);
        assertThat(PageIterator.stream(numbers())
                        .parallel()
                        .mapToLong(number -> 1)
                        .sum())
                .isEqualTo(COUNT);
    }

    @Test
    void asksForAPageOnlyWhenItIsNeeded() {
        AtomicInteger asked = new AtomicInteger();
        Pages<Integer> numbers = numbers();
        Pages<Integer> counted = () -> {
            asked.incrementAndGet();
            return numbers.next();
        };

        assertThat(PageIterator.stream(counted).limit(10)).hasSize(10);

        assertThat(asked).hasValue(1);
    }

    @Test
    void anEmptyWalkIsAnEmptyStream() {
        assertThat(PageIterator.stream(() -> Reply.ready(List.of()))).isEmpty();
    }

    private static Pages<Integer> numbers() {
        return Pages.of(IntStream.range(0, COUNT).iterator());
    }
}
