package io.larder.memcached.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers listed items in pages, and holds up the connection until each was dealt with. Confined to one call. */
final class ListingPages implements TextCall.Lines<CompletableFuture<Boolean>> {

    private final int itemsMax;
    private final Function<? super List<ListedItem>, ? extends CompletionStage<Boolean>> each;
    private List<ListedItem> page = new ArrayList<>();
    private long count;
    /** Completes when the pages so far were dealt with: false if that is enough. */
    private CompletableFuture<Boolean> dealtWith = CompletableFuture.completedFuture(true);

    ListingPages(int itemsMax, Function<? super List<ListedItem>, ? extends CompletionStage<Boolean>> each) {
        this.itemsMax = itemsMax;
        this.each = each;
    }

    @Override
    public boolean line(String line) throws MalformedReplyException {
        if (line.equals("END")) {
            return true;
        }
        page.add(ListingLines.item(line));
        if (page.size() == itemsMax) {
            turn();
        }
        return dealtWith.isDone() && (dealtWith.isCompletedExceptionally() || !dealtWith.join());
    }

    private void turn() {
        List<ListedItem> full = page;
        page = new ArrayList<>();
        dealtWith = dealtWith.thenCompose(more -> {
            if (!more) {
                return CompletableFuture.completedFuture(false);
            }
            count += full.size();
            return each.apply(full);
        });
    }

    @Override
    public @Nullable CompletionStage<?> hold() {
        return dealtWith.isDone() ? null : dealtWith;
    }

    /** Returns when the last page will have been dealt with. */
    @Override
    public CompletableFuture<Boolean> result() {
        if (!page.isEmpty()) {
            turn();
        }
        return dealtWith;
    }

    /** Returns how many items the pages had that were handed out, once the last was dealt with. */
    long count() {
        return count;
    }
}
