package io.larder.spi;

import io.larder.CodecException;
import java.util.Set;

/**
 * What a backend of bytes returns in place of a stored entry that it cannot read back; says why. Immutable.
 *
 * <p>For a key whose bytes are cut off, altered, of a newer version or of another codec, in every method that returns entries: absent
 * would be wrong, because something is in the way, and failed would be wrong, because the backend works. The codec
 * layer reports it and treats it as absent. It holds nothing, has no tags, is never fresh and never kept.
 */
public final class DamagedEntry extends Entry<byte[]> {

    /** Over, and the first deadline before the second, so that no short cut takes it for fresh. */
    private static final Lifetime OVER = new Lifetime(-1, -1, 0);

    private final CodecException why;

    /** Makes one; {@code why} says what was expected and what was found. */
    public DamagedEntry(CodecException why) {
        super(null, OVER, Set.of());
        this.why = why;
    }

    /** Returns what is wrong with what is stored. */
    public CodecException why() {
        return why;
    }
}
