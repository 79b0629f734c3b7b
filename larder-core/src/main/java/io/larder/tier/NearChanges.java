package io.larder.tier;

import io.larder.spi.Backend;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;

/** Gives up the copies of what has changed, and the leases of those that are being made. As thread-safe as the near tier, which does not block. */
record NearChanges<K>(Backend<K, ?> near) implements ChangeListener<K> {

    @Override
    public void changed(K key) {
        near.remove(key).join();
    }

    @Override
    public void changed(KeyPattern keys) {
        if (keys.isAll()) {
            near.clear().join();
        } else {
            near.removeMatching(keys).join();
        }
    }

    @Override
    public void changedTag(String tag) {
        near.invalidateTag(tag).join();
    }
}
