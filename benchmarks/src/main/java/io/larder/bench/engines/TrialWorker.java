package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import io.larder.bench.worker.Orders;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The program that {@link Trials} start, share and kill.
 *
 * <p>Opens the folder first. {@code put KEY TEXT} is answered by an empty line, {@code get KEY} by the text. {@code write N} puts
 * the numbered values from N on, each under the key of its number modulo {@link #KEYS}, and says each number once it is put, until
 * it is killed. {@code check N} says what became of those up to N: {@value #ALL_THERE}, or what is wrong with the first that is not.
 */
final class TrialWorker {

    static final String ALL_THERE = "all there";
    static final String LOST = "lost";
    static final String WRONG = "wrong";
    static final String NONE = "-";

    /** Between two kills each is written again, so that no loss is counted twice. */
    static final int KEYS = 100;

    private static final int VALUE_BYTES = 1_024;

    private TrialWorker() {}

    /** Takes the name of a peer and a folder, and serves until its input ends. */
    public static void main(String[] args) {
        PrintStream answers = System.out;
        Engine engine = open(EnginePeer.valueOf(args[0]), Path.of(args[1]));
        Orders.obey(Map.of(
                "put",
                words -> {
                    engine.put(words[1], words[2].getBytes(StandardCharsets.UTF_8));
                    return "";
                },
                "get",
                words -> {
                    byte[] found = engine.get(words[1]);
                    return found == null ? NONE : new String(found, StandardCharsets.UTF_8);
                },
                "write",
                words -> write(engine, answers, Long.parseLong(words[1])),
                "check",
                words -> check(engine, Long.parseLong(words[1]))));
    }

    private static Engine open(EnginePeer peer, Path folder) {
        try {
            return peer.open(folder);
        } catch (RuntimeException e) {
            System.err.println(peer.label() + " does not open its folder: " + e);
            System.exit(1);
            throw e;
        }
    }

    private static String write(Engine engine, PrintStream answers, long first) {
        for (long number = first; ; number++) {
            engine.put(key(number), value(number));
            answers.print(number + "\n");
            answers.flush();
        }
    }

    /** Number {@code last + 1} may have been put without a word. */
    static String check(Engine engine, long last) {
        for (long number = Math.max(0, last - KEYS + 1); number <= last; number++) {
            byte[] found = engine.get(key(number));
            boolean isThere = Arrays.equals(found, value(number));
            boolean isNext = number + KEYS == last + 1 && Arrays.equals(found, value(last + 1));
            if (!isThere && !isNext) {
                return isOlder(found, number) ? LOST : WRONG;
            }
        }
        return ALL_THERE;
    }

    private static boolean isOlder(byte @Nullable [] found, long number) {
        if (found == null) {
            return true;
        }
        long foundNumber = found.length == VALUE_BYTES ? ByteBuffer.wrap(found).getLong() : -1;
        return foundNumber >= 0
                && foundNumber < number
                && key(foundNumber).equals(key(number))
                && Arrays.equals(found, value(foundNumber));
    }

    static String key(long number) {
        return "key-" + number % KEYS;
    }

    static byte[] value(long number) {
        byte[] value = new byte[VALUE_BYTES];
        new Random(number).nextBytes(value);
        ByteBuffer.wrap(value).putLong(number);
        return value;
    }
}
