package io.larder;

import io.larder.load.EntryMaker;
import io.larder.load.Flight;
import io.larder.load.Source;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call whose loader takes a {@link LoadContext}: the source that makes one, and the maker of the entry that follows it. It loads once
 * at most, and its steps follow each other.
 *
 * <p>The previous entry is read when the lease has been granted. If it is invalidated after that, the lease does not stand; so what the
 * loader calls "not modified" is never what an invalidation has removed.
 */
final class ContextLoad<K, V> implements Source<K, V>, EntryMaker<V> {

    private final Backend<K, V> backend;
    private final Lifetimes lifetimes;
    private final BiFunction<K, Entry<V>, CacheEntry<K, V>> shown;
    private final Consumer<EntryOptions> check;
    private final Function<LoadContext<V>, Source<K, V>> loader;
    private Choices choices;

    /** What the loader has chosen until now. */
    private final class Choices implements LoadContext<V> {

        private final @Nullable CacheEntry<K, V> previous;
        private EntryOptions options;
        private boolean stored = true;

        Choices(EntryOptions options, @Nullable CacheEntry<K, V> previous) {
            this.options = options;
            this.previous = previous;
        }

        @Override
        public @Nullable CacheEntry<K, V> previous() {
            return previous;
        }

        @Override
        public EntryOptions options() {
            return options;
        }

        @Override
        public void options(EntryOptions chosen) {
            check.accept(chosen);
            options = chosen.over(options);
        }

        @Override
        public void doNotStore() {
            stored = false;
        }

        @Override
        public @Nullable V notModified() {
            if (previous == null) {
                throw new IllegalStateException(
                        "There is no previous entry that 'not modified' could be said of." + " Ask previous() first");
            }
            options = options.over(EntryOptions.DEFAULT.tags(previous.tags()));
            return previous.value();
        }
    }

    ContextLoad(
            Backend<K, V> backend,
            Lifetimes lifetimes,
            EntryOptions complete,
            BiFunction<K, Entry<V>, CacheEntry<K, V>> shown,
            Consumer<EntryOptions> check,
            Function<LoadContext<V>, Source<K, V>> loader) {
        this.backend = backend;
        this.lifetimes = lifetimes;
        this.shown = shown;
        this.check = check;
        this.loader = loader;
        this.choices = new Choices(complete, null);
    }

    @Override
    public Reply<@Nullable V> load(K key, Flight<?> flight) {
        // A backend that fails has nothing to show, which keeps nobody from loading.
        return backend.get(key).recover(failure -> Reply.none()).then(found -> {
            choices = new Choices(choices.options, found == null ? null : shown.apply(key, found));
            return loader.apply(choices).load(key, flight);
        });
    }

    @Override
    public Entry<V> entry(@Nullable V value) {
        return choices.stored
                ? new LoadedEntryMaker<V>(lifetimes, choices.options).entry(value)
                : new Entry<>(value, lifetimes.over(), choices.options.tags());
    }

    @Override
    public boolean tags() {
        return true;
    }
}
