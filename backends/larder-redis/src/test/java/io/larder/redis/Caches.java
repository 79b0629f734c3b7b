package io.larder.redis;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;

/** The two caches that most tests of faults use. */
final class Caches {

    private Caches() {}

    static Cache<String, String> texts(Larder larder) {
        return larder.cache("texts", String.class, String.class)
                .codec(new StringCodec())
                .build();
    }

    static Cache<String, Long> numbers(Larder larder) {
        return larder.cache("numbers", String.class, Long.class)
                .codec(new DecimalCodec())
                .build();
    }
}
