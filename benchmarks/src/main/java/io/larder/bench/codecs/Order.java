package io.larder.bench.codecs;

import io.larder.spi.Codec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The value that is encoded: what a service may keep of a row and of those that belong to it. */
public record Order(long id, String customer, List<OrderLine> lines) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<String> WORDS = List.of(
            "amber", "basket", "blue", "candle", "copper", "garden", "green", "lamp", "large", "linen", "oak", "paper",
            "river", "round", "silver", "small", "stone", "table", "winter", "wool");
    private static final long SEED = 42;

    /** Returns an order with as many lines as bring its JSON closest to so many bytes. */
    static Order ofBytes(int bytes) {
        Codec<Order, byte[]> json = CodecPeer.JACKSON.open();
        Random random = new Random(SEED);
        Order order = new Order(random.nextInt(1_000_000), "Ann Miller", new ArrayList<>());
        int now = json.encode(order).length;
        OrderLine line = line(random);
        int next = lineBytes(json, line);
        while (bytes - now > now + next - bytes) {
            order.lines.add(line);
            now += next;
            line = line(random);
            next = lineBytes(json, line);
        }
        return order;
    }

    private static int lineBytes(Codec<Order, byte[]> json, OrderLine line) {
        int empty = json.encode(new Order(0, "", List.of())).length;
        // With the comma between this one and the next.
        return json.encode(new Order(0, "", List.of(line))).length - empty + 1;
    }

    private static OrderLine line(Random random) {
        return new OrderLine(
                word(random) + " " + word(random) + " " + word(random),
                1 + random.nextInt(20),
                random.nextInt(10_000) / 100.0,
                random.nextBoolean(),
                // A list that every library can make again as it was.
                new ArrayList<>(List.of(word(random), word(random))));
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
