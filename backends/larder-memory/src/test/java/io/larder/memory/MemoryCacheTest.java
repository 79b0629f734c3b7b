package io.larder.memory;

import io.larder.testkit.CacheContract;

class MemoryCacheTest extends CacheContract {

    @Override
    protected String url() {
        return "memory:";
    }
}
