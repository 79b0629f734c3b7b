package io.larder.pickle;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A UUID between its making and its building: only then is it told what it is. Not thread-safe. */
final class Unbuilt {

    private @Nullable UUID built;

    @Nullable
    UUID built() {
        return built;
    }

    UUID build(UUID value) {
        built = value;
        return value;
    }
}
