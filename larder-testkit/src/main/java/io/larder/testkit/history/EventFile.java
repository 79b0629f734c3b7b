package io.larder.testkit.history;

import io.larder.testkit.history.Event.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one program hands to another of a history: 29 bytes for each event. */
public final class EventFile {

    private static final List<Kind> KINDS = List.of(Kind.values());

    private EventFile() {}

    /** Writes them over what is there. */
    public static void write(Path file, List<Event> events) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(events.size());
            for (Event event : events) {
                out.writeByte(KINDS.indexOf(event.kind()));
                out.writeInt(event.subject());
                out.writeLong(event.value());
                out.writeLong(event.begin());
                out.writeLong(event.end());
            }
        }
    }

    /** Returns what was written. */
    public static List<Event> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            List<Event> events = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Kind kind = KINDS.get(in.readUnsignedByte());
                events.add(new Event(kind, in.readInt(), in.readLong(), in.readLong(), in.readLong()));
            }
            return events;
        }
    }
}
