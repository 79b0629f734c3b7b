package io.larder;

import io.larder.spi.Pages;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The results of a walk one by one, each page waited for when the one before is used up. Confined to one thread. */
final class PageIterator<T> implements Iterator<T> {

    private final Pages<T> pages;
    private Iterator<T> page = Collections.emptyIterator();
    private boolean ended;

    private PageIterator(Pages<T> pages) {
        this.pages = pages;
    }

    static <T> Stream<T> stream(Pages<T> pages) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new PageIterator<>(pages), Spliterator.ORDERED), false);
    }

    @Override
    public boolean hasNext() {
        while (!ended && !page.hasNext()) {
            page = pages.next().join().iterator();
            ended = !page.hasNext();
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The walk has ended");
        }
        return page.next();
    }
}
