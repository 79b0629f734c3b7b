package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class VirtualThreadsTest {

    @Test
    void othersAreNone() {
        assertThat(VirtualThreads.isCurrent()).isFalse();
    }

    @Test
    @EnabledForJreRange(
            min = JRE.JAVA_21,
            disabledReason = "virtual threads came with JDK 21; bin/test runs this on the newest it finds")
    void areTold() throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            assertThat(threads.submit(VirtualThreads::isCurrent).get()).isTrue();
        } finally {
            threads.shutdown();
        }
    }
}
