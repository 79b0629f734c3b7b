package io.larder.memcached.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gives the parser spoiled replies in pieces, and looks for anything but a reply or a refusal. Run it with a count and, to repeat, a seed.
 */
final class ReplyFuzz {

    private static final int VALUE_BYTES_MAX = 4 << 20;

    private ReplyFuzz() {}

    /** Runs as many as the first argument says, one million without. */
    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        System.out.println(count + " spoiled replies: " + run(count, seed) + " refused, no surprise");
    }

    /** Returns how many were refused; fails with the seed of the first surprise. */
    static int run(int count, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < count; i++) {
            long each = seeds.nextLong();
            SplittableRandom random = new SplittableRandom(each);
            byte[] bytes = Replies.spoiled(Replies.proper(random), random);
            boolean text = random.nextInt(8) == 0;
            try {
                Outcome whole = parse(bytes, bytes.length, text);
                Outcome pieces = parse(bytes, 1 + random.nextInt(random.nextBoolean() ? 4 : 200), text);
                if (!whole.equals(pieces)) {
                    throw new AssertionError("whole: " + whole + "\npieces: " + pieces);
                }
                refused += whole.refusal().isEmpty() ? 0 : 1;
            } catch (RuntimeException | AssertionError surprise) {
                throw new AssertionError("seed " + seed + ", reply number " + i + ", its seed " + each, surprise);
            }
        }
        return refused;
    }

    /** What a parser made of the bytes, and why it stopped, if it did. */
    record Outcome(List<String> seen, String refusal) {}

    /** Feeds the bytes in pieces of this size. */
    static Outcome parse(byte[] bytes, int pieceBytes, boolean text) {
        Recorder recorder = new Recorder();
        recorder.text = text;
        ReplyParser parser = new ReplyParser(recorder, VALUE_BYTES_MAX);
        String refusal = "";
        for (int at = 0; at < bytes.length && refusal.isEmpty(); at += pieceBytes) {
            ByteBuf piece = Unpooled.wrappedBuffer(bytes, at, Math.min(pieceBytes, bytes.length - at));
            try {
                parser.parse(piece);
            } catch (MalformedReplyException refused) {
                refusal = refused.getMessage();
            }
        }
        return new Outcome(recorder.seen, refusal);
    }
}
