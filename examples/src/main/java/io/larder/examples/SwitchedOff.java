package io.larder.examples;

import io.larder.Cache;
import io.larder.Larder;

/**
 * How do I run without a cache, to see whether it is to blame? With the URL {@code none:}; the program stays as it is.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * memory: 1 load for 3 reads
 * none: 3 loads for 3 reads
 * }</pre>
 */
public final class SwitchedOff {

    private SwitchedOff() {}

    /** Runs the example. */
    public static void main(String[] args) {
        System.out.println("memory: " + loads("memory:") + " load for 3 reads");
        System.out.println("none: " + loads("none:") + " loads for 3 reads");
    }

    private static long loads(String url) {
        try (Larder larder = Larder.open(url)) {
            Cache<String, String> names =
                    larder.cache("names", String.class, String.class).build();
            for (int read = 0; read < 3; read++) {
                names.get("42", id -> "Ann");
            }
            return names.stats().loads();
        }
    }
}
