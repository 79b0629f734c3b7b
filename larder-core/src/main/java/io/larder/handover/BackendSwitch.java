package io.larder.handover;

import io.larder.BackendException;
import io.larder.ClosedException;
import io.larder.ConfigException;
import io.larder.Handover;
import io.larder.spi.Capability;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Takes a cache from one backend to another, step by step. Thread-safe: who comes while it is at it waits. */
public final class BackendSwitch<K, V> {

    private final String cache;
    private final SwitchableBackend<K, V> calls;
    private final ReentrantLock switching = new ReentrantLock();

    /** Makes one that exchanges what {@code calls} uses; {@code cache} is its name in messages. */
    public BackendSwitch(String cache, SwitchableBackend<K, V> calls) {
        this.cache = cache;
        this.calls = calls;
    }

    /**
     * Goes over to the backend at {@code address}, which {@code opener} opens, or finishes that when it has begun.
     *
     * <p>Returns when the new one is in use, or, for {@link Handover#DUAL}, gets the changes too. When this fails, the one in use stays.
     * A call for the one in use ends what has begun.
     */
    public void switchTo(String address, Handover how, Supplier<Side<K, V>> opener) {
        switching.lock();
        try {
            requireOpen();
            DualBackend<K, V> dual = calls.dual();
            if (dual != null && goesOn(dual, address, how)) {
                return;
            }
            if (dual != null) {
                giveUp(dual);
            }
            if (!calls.side().address().equals(address)) {
                begin(opener.get(), how);
            }
        } catch (BackendException failure) {
            throw explained(address, failure);
        } finally {
            switching.unlock();
            if (calls.isClosed()) {
                calls.close();
            }
        }
    }

    /** Finishes {@code dual} if that is asked for, and returns whether it is what was asked for. */
    private boolean goesOn(DualBackend<K, V> dual, String address, Handover how) {
        boolean same = dual.next().address().equals(address);
        if (same && how != Handover.DUAL) {
            finish(dual, how);
            return true;
        }
        return same && dual.broken() == null;
    }

    private void begin(Side<K, V> next, Handover how) {
        Side<K, V> first = calls.side();
        DualBackend<K, V> dual = new DualBackend<>(first, next);
        try {
            requireCapabilities(first, next);
            next.strict().ping().join();
            // It is emptied again when no change is under way; this time many entries may have to go, and nobody waits.
            next.strict().clear().join();
            if (how == Handover.COLD) {
                calls.useEmptied(next);
            } else {
                calls.useEmptied(dual);
            }
        } catch (RuntimeException failure) {
            next.close();
            throw failure;
        }
        if (how == Handover.COPY) {
            finish(dual, how);
        } else if (how == Handover.COLD) {
            calls.retire(first);
        }
    }

    private void finish(DualBackend<K, V> dual, Handover how) {
        Side<K, V> first = calls.side();
        if (how == Handover.COPY && dual.broken() == null) {
            try {
                dual.copyAll();
            } catch (RuntimeException failure) {
                giveUp(dual);
                throw failure;
            }
        }
        RuntimeException broken = calls.useSecondOf(dual);
        if (broken != null) {
            dual.next().close();
            throw broken;
        }
        calls.retire(first);
    }

    private void giveUp(DualBackend<K, V> dual) {
        calls.use(calls.side());
        dual.next().close();
    }

    private void requireOpen() {
        if (calls.isClosed()) {
            throw new ClosedException("Cache '" + cache + "' is closed. Use it before its Larder is closed");
        }
    }

    private void requireCapabilities(Side<K, V> first, Side<K, V> next) {
        Set<Capability> lacking = EnumSet.noneOf(Capability.class);
        lacking.addAll(first.backend().capabilities());
        lacking.removeAll(next.backend().capabilities());
        lacking.remove(Capability.LOCAL);
        if (!lacking.isEmpty()) {
            throw new ConfigException("Cannot switch cache '" + cache + "' from '" + first.address() + "' to '"
                    + next.address() + "': that lacks " + lacking + ". Name a backend that can do what this one can");
        }
    }

    private BackendException explained(String address, BackendException failure) {
        String message = "Cannot switch cache '" + cache + "' to '" + address + "', it stays on '"
                + calls.side().address() + "': " + failure.getMessage();
        return failure.isTransient()
                ? BackendException.passing(message, failure)
                : BackendException.lasting(message, failure);
    }
}
