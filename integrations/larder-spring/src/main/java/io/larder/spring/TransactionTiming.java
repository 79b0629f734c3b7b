package io.larder.spring;

import io.larder.Cache;
import io.larder.annotations.CallTiming;
import io.larder.annotations.Change;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets caches follow the transaction of the thread. Thread-safe.
 *
 * <p>Changes are made after the commit, and dropped on rollback. What a transaction reads may be its own and not committed, or older than an
 * invalidation that came after it began; so nothing that is computed within one is stored, unless it is read-only and declared as {@code
 * READ_COMMITTED}. It is answered from a cache until it has changed something there.
 */
public final class TransactionTiming implements CallTiming {

    /** Makes one. */
    public TransactionTiming() {}

    @Override
    public Use use(Cache<?, ?> cache) {
        if (!isBound()) {
            return Use.FULL;
        }
        Pending pending = pending();
        return pending != null && pending.caches.contains(cache) ? Use.NONE : Use.READ;
    }

    @Override
    public boolean defer(Change change) {
        if (!isBound()) {
            return false;
        }
        Pending pending = pendingOrNew();
        pending.changes.add(change);
        pending.caches.add(change.cache());
        return true;
    }

    /** Notes that the transaction, if there is one, has changed what {@code cache} was filled from, so that it is not answered from there. */
    void changed(Cache<?, ?> cache) {
        if (isBound()) {
            pendingOrNew().caches.add(cache);
        }
    }

    private static boolean isBound() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && !readsWhatIsCommitted();
    }

    private static boolean readsWhatIsCommitted() {
        Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
        return TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                && isolation != null
                && isolation == TransactionDefinition.ISOLATION_READ_COMMITTED;
    }

    private @Nullable Pending pending() {
        return (Pending) TransactionSynchronizationManager.getResource(this);
    }

    private Pending pendingOrNew() {
        Pending pending = pending();
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        return pending;
    }

    /** What one transaction is going to change. Confined to its thread. */
    private final class Pending implements TransactionSynchronization {

        private final Set<Change> changes = new LinkedHashSet<>();
        private final Set<Cache<?, ?>> caches = new HashSet<>();

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(TransactionTiming.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(TransactionTiming.this, this);
        }

        @Override
        public void afterCommit() {
            Changes.makeAll(changes);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(TransactionTiming.this);
            if (status == STATUS_UNKNOWN) {
                // It may have been committed; an entry too few costs a load.
                Changes.makeAll(changes);
            }
        }
    }
}
