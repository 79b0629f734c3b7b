package io.larder.testkit;

import io.larder.spi.Capability;
import org.junit.jupiter.api.BeforeEach;

/** A group of a {@link BackendContract}'s cases. */
abstract class Promises<V> {

    final BackendContract<V> contract;
    private final Capability[] needed;
    Caller<V> backend;

    Promises(BackendContract<V> contract, Capability... needed) {
        this.contract = contract;
        this.needed = needed;
    }

    @BeforeEach
    final void call() {
        for (Capability capability : needed) {
            contract.needs(capability);
        }
        backend = contract.caller();
    }
}
