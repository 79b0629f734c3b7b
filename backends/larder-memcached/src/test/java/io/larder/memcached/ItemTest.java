package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemTest {

    private static final Item ENTRY = Item.entry(7, 42, new long[] {1, 2}, new byte[] {9, 8, 7});
    private static final Item.Hole HOLE = new Item.Hole("tökén", "key", 10, 20);

    @Test
    void anEntryIsReadAsItWasWritten() {
        Item read = Item.decode(ENTRY.encode());

        assertThat(read.generation()).isEqualTo(7);
        assertThat(read.writeId()).isEqualTo(42);
        assertThat(read.tagGenerations()).containsExactly(1, 2);
        assertThat(read.frame()).containsExactly(9, 8, 7);
        assertThat(read.hasFrame()).isTrue();
        assertThat(read.hole()).isNull();
        assertThat(read.encode()).isEqualTo(ENTRY.encode());
    }

    @Test
    void aHoleIsReadAsItWasWritten() {
        Item read = Item.decode(Item.hole(7, HOLE).encode());

        assertThat(read.hole()).isEqualTo(HOLE);
        assertThat(read.hasFrame()).isFalse();
    }

    @Test
    void anEntryBehindAHoleIsStillThere() {
        Item read = Item.decode(ENTRY.behind(HOLE).encode());

        assertThat(read.hole()).isEqualTo(HOLE);
        assertThat(read.writeId()).isEqualTo(42);
        assertThat(read.withoutHole().encode()).isEqualTo(ENTRY.encode());
    }

    @Test
    void whatIsCutOffOrOfSomebodyElseIsNoItem() {
        byte[] whole = ENTRY.behind(HOLE).encode();
        byte[] header = Arrays.copyOf(whole, whole.length - ENTRY.frame().length);

        for (int length = 0; length < header.length; length++) {
            assertThat(Item.decode(Arrays.copyOf(header, length)))
                    .as("cut to %d bytes", length)
                    .isNull();
        }
        assertThat(Item.decode("some other program's".getBytes(StandardCharsets.US_ASCII)))
                .isNull();
    }

    @Test
    void anAnnouncedLengthIsNotBelieved() {
        byte[] bytes = ENTRY.encode();
        bytes[14] = 0x7f;

        assertThat(Item.decode(bytes)).isNull();
    }

    @Test
    void aListOfMembersIsReadAsItWasWritten() {
        TagList list = new TagList(
                true,
                List.of(
                        new TagList.Member("ä", 1, 2, 3, 4),
                        new TagList.Member("", -1, -2, Long.MAX_VALUE, Long.MAX_VALUE)));

        assertThat(TagList.decode(list.encode())).isEqualTo(list);
        assertThat(TagList.decode(TagList.empty(false))).isEqualTo(new TagList(false, List.of()));
        assertThat(TagList.decode(null).isComplete()).isFalse();
        byte[] cut = Arrays.copyOf(list.encode(), list.encode().length - 1);
        assertThat(TagList.decode(cut).isComplete()).isFalse();
    }
}
