package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The TCK in memory. A test that it leaves out counts as one that passed: one, CachingTest#dummyTest, named in ExcludeList. */
class TckOnMemoryTest {

    @Test
    void passesAllOfIt() throws Exception {
        Tck.Outcome outcome = Tck.CACHES.on("memory:");

        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.run()).isEqualTo(481);
    }

    @Test
    void passesAllOfItsAnnotationsByThoseOfSpring() throws Exception {
        Tck.Outcome outcome = Tck.ANNOTATIONS.on("memory:");

        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.run()).isEqualTo(12);
        // Without beans it skips its tests, and counts them as passed.
        assertThat(TckBeans.asked()).isGreaterThanOrEqualTo(12);
    }
}
