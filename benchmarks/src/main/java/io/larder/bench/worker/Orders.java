package io.larder.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a {@link LineProcess} runs: it obeys one order after the other until its input ends. */
public final class Orders {

    /** Said first. */
    public static final String READY = "ready";

    private Orders() {}

    /** One order. */
    public interface Order {
        /** Returns the answer, a line; the first of the words is the order's name. */
        String obey(String[] words) throws IOException;
    }

    /** Is a whole {@code main}: serves until the input of this JVM ends, and ends it, whatever threads a library left behind. */
    @SuppressWarnings("CatchAndPrintStackTrace") // The last thing that this JVM says; its starter passes it on.
    public static void obey(Map<String, Order> orders) {
        // What a library prints must not pass for an answer.
        PrintStream answers = System.out;
        System.setOut(System.err);
        try {
            serve(orders, System.in, answers);
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** Serves until {@code input} ends; an order that fails ends it too. */
    public static void serve(Map<String, Order> orders, InputStream input, PrintStream answers) throws IOException {
        say(READY, answers);
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            Order order = orders.get(words[0]);
            if (order == null) {
                throw new IOException("Cannot obey '" + line + "'. Known: " + orders.keySet());
            }
            say(order.obey(words), answers);
        }
    }

    private static void say(String line, PrintStream answers) {
        answers.print(line + "\n");
        answers.flush();
    }
}
