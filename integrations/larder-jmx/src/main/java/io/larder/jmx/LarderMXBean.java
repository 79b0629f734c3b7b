package io.larder.jmx;

import java.util.List;

/** Whether the backends of a Larder are used; named as JMX wants it. */
public interface LarderMXBean {

    /** Returns {@code UP}, {@code DEGRADED} or {@code DOWN}. */
    String getStatus();

    /** Returns what is not as it should be. */
    List<String> getProblems();
}
