package io.larder.examples;

import io.larder.Cache;
import io.larder.Larder;

/**
 * How do I plug in a backend of my own? With a provider such as {@link TalkingProvider}.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * removing 42
 * gone: true
 * }</pre>
 */
public final class OwnBackend {

    private OwnBackend() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder =
                Larder.builder("talking:").provider(new TalkingProvider()).build()) {
            Cache<Integer, String> names =
                    larder.cache("names", Integer.class, String.class).build();
            names.put(42, "Ann");
            names.remove(42);
            System.out.println("gone: " + (names.get(42) == null));
        }
    }
}
