package io.larder;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A walk through many results, a page at a time. Confined to one caller, who asks again only when the last page has come. */
@FunctionalInterface
public interface AsyncPages<T> {

    /** Returns the next results; an empty list is the end. */
    CompletableFuture<List<T>> next();
}
