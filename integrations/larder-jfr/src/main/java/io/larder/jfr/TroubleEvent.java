package io.larder.jfr;

import io.larder.CacheEvent;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Something went wrong, or was prevented, without the caller being told. */
@Name("io.larder.Trouble")
@Label("Trouble")
@Category("Larder")
final class TroubleEvent extends Event {

    @Label("Cache")
    final String cache;

    @Label("Kind")
    final String kind;

    TroubleEvent(CacheEvent event) {
        this.cache = event.cache();
        this.kind = event.getClass().getSimpleName();
    }
}
