package io.larder.memcached.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

    private static final int VALUE_BYTES_MAX = 1000;

    private final List<MetaReply> replies = new ArrayList<>();

    private final ReplyParser parser = new ReplyParser(
            new ReplySink() {
                @Override
                public boolean expectsText() {
                    return false;
                }

                @Override
                public void reply(MetaReply reply) {
                    replies.add(reply);
                }

                @Override
                public void text(String line) {
                    throw new AssertionError(line);
                }

                @Override
                public void error(ServerErrorException.Kind kind, String message) {
                    throw new AssertionError(message);
                }
            },
            VALUE_BYTES_MAX);

    private void feed(String text) throws MalformedReplyException {
        parser.parse(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsEveryFlag() throws MalformedReplyException {
        feed("VA 5 c18446744073709551615 t-1 f4294967295 s5 l7 h1 O12 kfoo W X Z\r\nab\r\nc\r\n");

        MetaReply reply = replies.get(0);
        assertThat(reply.value()).isEqualTo("ab\r\nc".getBytes(StandardCharsets.US_ASCII));
        assertThat(Long.toUnsignedString(reply.cas())).isEqualTo("18446744073709551615");
        assertThat(reply.ttlSeconds()).isEqualTo(-1);
        assertThat(reply.clientFlags()).isEqualTo(-1);
        assertThat(reply.sizeBytes()).isEqualTo(5);
        assertThat(reply.idleSeconds()).isEqualTo(7);
        assertThat(reply.hitBefore()).isTrue();
        assertThat(reply.won() && reply.stale() && reply.lost()).isTrue();
        assertThat(reply.opaque).isEqualTo(12);
    }

    @Test
    void readsDetails() throws MalformedReplyException {
        feed("ME foo exp=-1 la=3 cas=4 fetch=no cls=1 size=64\r\n");

        assertThat(replies.get(0).details()).containsEntry("exp", "-1").containsEntry("size", "64");
    }

    @Test
    void readsWhatAnswersAClassicGet() throws MalformedReplyException {
        feed("VALUE foo 4294967295 5\r\nab\r\nc\r\nEND\r\n");

        MetaReply reply = replies.get(0);
        assertThat(reply.status()).isEqualTo(ReplyStatus.VA);
        assertThat(reply.key).isEqualTo("foo".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.value()).isEqualTo("ab\r\nc".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.clientFlags()).isEqualTo(-1);
        assertThat(replies.get(1).status()).isEqualTo(ReplyStatus.END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VA 2 W\r\nabc\r\n",
                "VA 1001 W\r\n",
                "VA -1\r\n",
                "VA\r\n",
                "VA 99999999999999999999999\r\n",
                "HD\n",
                "HDx\r\n",
                "HD c\r\n",
                "HD c-1\r\n",
                "HD c18446744073709551616\r\n",
                "HD t-2\r\n",
                "HD h2\r\n",
                "HD W W\r\n",
                "HD W1\r\n",
                "HD k\r\n",
                "HD ?\r\n",
                "HD O2147483648\r\n",
                "HD \0\r\n",
                "ME foo =1\r\n",
                "ME\r\n",
                "\r\n",
                "\u00ff\r\n",
                "VALUE a 0 1001\r\n",
                "VALUE a 0 -1\r\n",
                "VALUE a 0 1 \r\n",
                "VALUE a 0 1 2\r\n",
                "VALUE a 0\r\n",
                "VALUE a  1\r\n",
                "VALUE a 4294967296 1\r\n",
                "VALUE  0 1\r\n",
                "VALUE \r\n",
                "VALUES a 0 1\r\n",
                "END \r\n",
                "ENDS\r\n",
                "STORED\r\n",
                "ERRORS\r\n"
            })
    void refuses(String bytes) {
        assertThatThrownBy(() -> feed(bytes))
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageStartingWith("A reply ");
        assertThatThrownBy(() -> feed("HD\r\n")).isInstanceOf(MalformedReplyException.class);
        assertThat(replies).isEmpty();
    }

    @Test
    void refusesAnEndlessLine() {
        String line = "HD k" + "x".repeat(ReplyParser.LINE_BYTES_MAX);

        assertThatThrownBy(() -> feed(line)).hasMessageContaining("more than 2048 bytes");
    }

    @Test
    void takesNoMemoryForWhatIsOnlyAnnounced() throws MalformedReplyException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 100; i++) {
            new ReplyParser(new Recorder(), Integer.MAX_VALUE)
                    .parse(Unpooled.copiedBuffer("VA 2147483647\r\nab", StandardCharsets.US_ASCII));
        }

        // Not what the heap has, which other tests leave behind.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100 << 20);
    }

    @Test
    void readsTheSameFromAnyPieces() {
        byte[] bytes = Replies.proper(new SplittableRandom(7));
        ReplyFuzz.Outcome whole = ReplyFuzz.parse(bytes, bytes.length, false);

        for (int piece = 1; piece < bytes.length; piece++) {
            assertThat(ReplyFuzz.parse(bytes, piece, false)).isEqualTo(whole);
        }
        assertThat(whole.refusal()).isEmpty();
    }

    @Test
    void survivesSpoiledReplies() {
        int count = Integer.getInteger("memcached.fuzz", 20_000);
        long seed = Long.getLong("memcached.seed", new SplittableRandom().nextLong());

        int refused = ReplyFuzz.run(count, seed);

        assertThat(refused).as("seed %d", seed).isGreaterThan(count / 3);
    }
}
