package io.larder.spring.boot;

import io.larder.LarderBuilder;

/** Sets what properties cannot express: a clock, an executor, listeners. A bean of this type is asked before the Larder is built. */
@FunctionalInterface
public interface LarderBuilderCustomizer {

    /** Changes {@code builder}. */
    void customize(LarderBuilder builder);
}
