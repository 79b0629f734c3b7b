package io.larder.codec;

import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what one stream may not hold: classes that are not on the list, what is nested too deep, and arrays that its bytes cannot
 * fill. Confined to one thread, for one stream.
 */
final class JavaFilter implements ObjectInputFilter {

    /**
     * Each element of an array takes at least one byte; but a hash table has up to eight places for each of its entries, and an empty
     * collection begins with some.
     */
    private static final long PLACES_PER_BYTE = 8;

    private final ClassAllowList allowed;
    private final int depthMax;
    private long placesLeft;
    private @Nullable String why;

    JavaFilter(ClassAllowList allowed, int depthMax, int sizeBytes) {
        this.allowed = allowed;
        this.depthMax = depthMax;
        this.placesLeft = PLACES_PER_BYTE * sizeBytes;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        try {
            if (info.serialClass() != null) {
                allowed.require(info.serialClass().getName());
            }
        } catch (InvalidClassException e) {
            return refused(e.getMessage());
        }
        if (info.depth() > depthMax) {
            return refused("more than " + depthMax + " objects are nested in each other. Raise 'max-depth'");
        }
        if (info.arrayLength() > 0) {
            placesLeft -= info.arrayLength();
        }
        if (placesLeft < 0) {
            return refused("they tell of arrays for which there are not enough of them");
        }
        return Status.ALLOWED;
    }

    private Status refused(@Nullable String reason) {
        why = reason;
        return Status.REJECTED;
    }

    /** Returns why something was refused, or null. */
    @Nullable
    String why() {
        return why;
    }
}
