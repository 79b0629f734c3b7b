package io.larder.bench.growth;

import io.larder.bench.worker.LineProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is measured at several sizes, each in a JVM of its own. */
enum Curve {
    /** Ours. */
    MEMORY(Topic.MEMORY, "Larder"),
    /** What ours stands on. */
    CAFFEINE(Topic.MEMORY, "Caffeine, variable expiry"),
    /** Ours. */
    DISK(Topic.DISK, "disk"),
    /** In the process. */
    TAGS_MEMORY(Topic.TAGS, "memory"),
    /** On a server. */
    TAGS_REDIS(Topic.TAGS, "Redis"),
    /** In the process. */
    CALLERS_MEMORY(Topic.CALLERS, "memory"),
    /** On a server. */
    CALLERS_REDIS(Topic.CALLERS, "Redis"),
    /** In the process. */
    VALUES_MEMORY(Topic.VALUES, "memory"),
    /** In a folder. */
    VALUES_DISK(Topic.VALUES, "disk"),
    /** On a server. */
    VALUES_REDIS(Topic.VALUES, "Redis");

    private static final String HEAP = "1g";
    /** For ten million entries and their keys. */
    static final String HEAP_LARGE = "6g";

    private final Topic topic;
    private final String label;

    Curve(Topic topic, String label) {
        this.topic = topic;
        this.label = label;
    }

    Topic topic() {
        return topic;
    }

    String label() {
        return label;
    }

    static List<Curve> of(Topic topic) {
        return Stream.of(values()).filter(curve -> curve.topic == topic).toList();
    }

    /** Returns how much a figure of it may grow. */
    Due due(Figure figure) {
        return switch (figure) {
            case KILOCALLS -> Due.NOT_FALL;
            case P99_MICROS -> Due.SIZE;
            case GET_MEGABYTES, PUT_MEGABYTES -> Due.ANY;
            default -> this == VALUES_DISK || this == VALUES_REDIS ? Due.SIZE : Due.NOTHING;
        };
    }

    /** Starts a process that measures it, with the server at a port of this machine, and each figure for so long. */
    LineProcess start(int redisPort, Duration time) {
        String heap = topic == Topic.MEMORY || this == TAGS_MEMORY ? HEAP_LARGE : HEAP;
        return LineProcess.start(
                topic.title() + ", " + label,
                LineProcess.java(
                        List.of("-Xmx" + heap),
                        GrowthWorker.class,
                        name(),
                        String.valueOf(redisPort),
                        String.valueOf(time.toMillis())));
    }
}
