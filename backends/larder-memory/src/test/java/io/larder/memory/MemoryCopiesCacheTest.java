package io.larder.memory;

import io.larder.testkit.CacheContract;

class MemoryCopiesCacheTest extends CacheContract {

    @Override
    protected String url() {
        return "memory:?copy=codec";
    }
}
