package io.larder.memory;

import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.FakeClock;

class MemoryCacheTest extends CacheContract {

    @Override
    protected Larder open(FakeClock clock, CacheListener listener) {
        return Larder.builder("memory:").clock(clock).listener(listener).build();
    }
}
