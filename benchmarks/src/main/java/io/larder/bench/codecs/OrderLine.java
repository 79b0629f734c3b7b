package io.larder.bench.codecs;

import java.io.Serializable;
import java.util.List;

/** A part of an {@link Order}. */
public record OrderLine(String article, int pieces, double price, boolean shipped, List<String> labels)
        implements Serializable {

    private static final long serialVersionUID = 1L;
}
