package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(
        min = JRE.JAVA_21,
        disabledReason = "virtual threads came with JDK 21; bin/test runs this on the newest it finds")
class VirtualThreadsTest {

    private static final int CALLERS = 10_000;

    @Test
    void tenThousandOfThemShareOneLoadAndPinNoCarrier() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        AtomicInteger pinned = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(CALLERS);
        List<Future<String>> answers = new ArrayList<>();

        try (Larder larder = Larder.open("memory:");
                RecordingStream events = new RecordingStream()) {
            Cache<String, String> cache =
                    larder.cache("hot", String.class, String.class).build();
            events.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            events.onEvent(
                    "jdk.VirtualThreadPinned",
                    event -> pinned.addAndGet(
                            String.valueOf(event.getStackTrace()).contains("io.larder") ? 1 : 0));
            events.startAsync();
            ExecutorService threads = virtualThreads();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(threads.submit(() -> {
                    asked.countDown();
                    return cache.get("cold", key -> {
                        loads.incrementAndGet();
                        asked.await();
                        return "value";
                    });
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("value");
            }
            threads.shutdown();
            stop(events);
        }

        assertThat(loads).hasValue(1);
        assertThat(pinned).hasValue(0);
    }

    /** Waits until the events so far are told; the method came with JDK 20, this is compiled for 17. */
    private static void stop(RecordingStream events) throws ReflectiveOperationException {
        Method stop = RecordingStream.class.getMethod("stop");
        stop.invoke(events);
    }

    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
