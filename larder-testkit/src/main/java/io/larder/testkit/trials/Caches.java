package io.larder.testkit.trials;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;

/** The two caches that most tests of faults use. */
public final class Caches {

    private Caches() {}

    /** Opens the cache of texts. */
    public static Cache<String, String> texts(Larder larder) {
        return larder.cache("texts", String.class, String.class)
                .codec(new StringCodec())
                .build();
    }

    /** Opens the cache of numbers, in which counters may be. */
    public static Cache<String, Long> numbers(Larder larder) {
        return larder.cache("numbers", String.class, Long.class)
                .codec(new DecimalCodec())
                .build();
    }
}
