package io.larder.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording, read back. */
@Timeout(60)
class FlightEventsTest {

    @TempDir
    Path folder;

    private final List<FlakyBackend<String, byte[]>> servers = new ArrayList<>();

    private Larder open() {
        return FlightEvents.open(Larder.builder("reference:").provider(ReferenceProvider.ofBytes(below -> {
            servers.add(new FlakyBackend<>(below));
            return servers.get(0);
        })));
    }

    private List<RecordedEvent> recorded(Runnable run) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("io.larder.Load");
            recording.enable("io.larder.Call");
            recording.enable("io.larder.Trouble");
            recording.enable("io.larder.Counts").with("period", "endChunk");
            recording.start();
            run.run();
            recording.stop();
            Path file = folder.resolve("larder.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        }
    }

    private static List<RecordedEvent> of(String name, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void loadsCallsTroubleAndCountsAreRecorded() throws IOException {
        try (Larder larder = open()) {
            Cache<String, byte[]> users =
                    larder.cache("users", String.class, byte[].class).build();

            List<RecordedEvent> events = recorded(() -> {
                users.get("secret", key -> new byte[1]);
                users.getAll(List.of("b", "c"), keys -> Map.of());
                assertThatThrownBy(() -> users.get("d", key -> {
                            throw new IllegalStateException("no connection");
                        }))
                        .isInstanceOf(LoadException.class);
                servers.get(0).down();
                users.get("secret");
            });

            assertThat(of("io.larder.Load", events))
                    .satisfiesExactly(
                            one -> {
                                assertThat(one.getString("cache")).isEqualTo("users");
                                assertThat(one.getInt("keys")).isEqualTo(1);
                                assertThat(one.getString("failure")).isNull();
                                assertThat(one.getDuration()).isPositive();
                            },
                            many -> assertThat(many.getInt("keys")).isEqualTo(2),
                            failed -> assertThat(failed.getString("failure"))
                                    .isEqualTo("java.lang.IllegalStateException"));
            assertThat(of("io.larder.Call", events))
                    .extracting(call -> call.getString("operation"))
                    .contains("getOrLease", "putLeased", "getAll", "get");
            assertThat(of("io.larder.Trouble", events))
                    .extracting(trouble -> trouble.getString("kind"))
                    .containsExactly("LoadFailed", "ReadFailed");
            assertThat(of("io.larder.Counts", events)).last().satisfies(counts -> {
                assertThat(counts.getString("cache")).isEqualTo("users");
                assertThat(counts.getLong("loads")).isEqualTo(3);
                assertThat(counts.getLong("errors")).isEqualTo(1);
                assertThat(counts.getLong("entries")).isEqualTo(-1);
            });
        }
    }

    @Test
    void keysAreNotRecorded() throws IOException {
        try (Larder larder = open()) {
            Cache<String, byte[]> users =
                    larder.cache("users", String.class, byte[].class).build();

            assertThat(recorded(() -> users.get("secret", key -> new byte[1])))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.toString()).doesNotContain("secret"));
        }
    }

    @Test
    void aClosedLarderIsCountedNoMore() throws IOException {
        Larder larder = open();
        larder.cache("users", String.class, byte[].class).build();

        larder.close();

        assertThat(of("io.larder.Counts", recorded(() -> {}))).isEmpty();
    }
}
