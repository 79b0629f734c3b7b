package io.larder.memcached.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Makes replies as a server would send them, and spoils them. */
final class Replies {

    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "9",
        "65536",
        "2147483647",
        "2147483648",
        "4294967296",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999",
        "",
        "1x",
        "+1",
        "0x10"
    };
    private static final String[] WORDS = {
        "HD",
        "VA",
        "EN",
        "NF",
        "NS",
        "EX",
        "MN",
        "ME",
        "OK",
        "ERROR",
        "CLIENT_ERROR bad",
        "SERVER_ERROR out of memory",
        "VALUE a 0 1",
        "END",
        "STORED",
        "\r",
        "\n",
        "\r\n",
        "\0",
        " ",
        "\u00ff"
    };

    private Replies() {}

    /** Returns one to five replies that are as they should be. */
    static byte[] proper(RandomGenerator random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(5); i >= 0; i--) {
            switch (random.nextInt(10)) {
                case 0 -> write(out, "EN" + flags(random, "Ok") + "\r\n");
                case 1 -> write(out, "HD" + flags(random, "cOkb") + "\r\n");
                case 2 -> write(out, "MN\r\n");
                case 3 -> write(out, "ME key exp=-1 la=" + random.nextInt(99) + " cas=3 fetch=no cls=1 size=63\r\n");
                case 4 -> write(out, "CLIENT_ERROR bad data chunk\r\n");
                case 5 -> write(out, "END\r\n");
                case 6 -> {
                    byte[] value = value(random);
                    value(out, "VALUE key " + random.nextInt(Integer.MAX_VALUE) + " " + value.length, value);
                }
                default -> {
                    byte[] value = value(random);
                    value(out, "VA " + value.length + flags(random, "ctfslhOkWXZ"), value);
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] value(RandomGenerator random) {
        byte[] value = new byte[random.nextInt(4) == 0 ? random.nextInt(5000) : random.nextInt(40)];
        random.nextBytes(value);
        return value;
    }

    private static void value(ByteArrayOutputStream out, String line, byte[] value) {
        write(out, line + "\r\n");
        out.writeBytes(value);
        write(out, "\r\n");
    }

    private static String flags(RandomGenerator random, String letters) {
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (random.nextBoolean()) {
                flags.append(' ')
                        .append(letter)
                        .append(
                                switch (letter) {
                                    case 'W', 'X', 'Z', 'b' -> "";
                                    case 'h' -> "1";
                                    case 'k' -> "key";
                                    case 't' -> random.nextBoolean() ? "-1" : "30";
                                    default -> Integer.toString(random.nextInt(Integer.MAX_VALUE));
                                });
            }
        }
        return flags.toString();
    }

    /** Returns what is left of them after one to four accidents. */
    static byte[] spoiled(byte[] proper, RandomGenerator random) {
        byte[] bytes = proper;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
            bytes = switch (random.nextInt(7)) {
                case 0 -> spliced(bytes, at, to, new byte[0]);
                case 1 ->
                    spliced(bytes, at, at, WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.ISO_8859_1));
                case 2 ->
                    spliced(bytes, at, to, NUMBERS[random.nextInt(NUMBERS.length)].getBytes(StandardCharsets.US_ASCII));
                case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
                case 4 -> Arrays.copyOf(bytes, at);
                case 5 -> spliced(bytes, at, at, new byte[random.nextInt(3000)]);
                default -> {
                    byte[] changed = bytes.clone();
                    if (changed.length > 0) {
                        changed[at] = (byte) random.nextInt(256);
                    }
                    yield changed;
                }
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] put) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(put);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
