package io.larder.testkit.faults;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import io.larder.testkit.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A reference backend that loses things, and ends leases after a while. Confined to the simulation. */
final class SimulatedServer extends ForwardingBackend<String, byte[]> {

    private static final int LEASE_MILLIS = 300;

    private final Simulation simulation;
    private final List<Runnable> leases = new ArrayList<>();
    private int life;
    private boolean down;
    private double failing;

    /** Makes one with {@code layer} around what keeps its entries. */
    SimulatedServer(Simulation simulation, UnaryOperator<Backend<String, byte[]>> layer) {
        super(layer.apply(ReferenceBackend.ofBytes(simulation.new MachineClock())));
        this.simulation = simulation;
    }

    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
        Lookup<byte[]> found = below.getOrLease(key, token, terms).join();
        if (found instanceof Lease<byte[]> lease && lease.token().equals(token)) {
            Runnable end = () -> below.release(key, lease).join();
            leases.add(end);
            simulation.in(LEASE_MILLIS, end);
        }
        return Reply.ready(found);
    }

    /** Returns a number that changes when the server is restarted. */
    int life() {
        return life;
    }

    boolean isDown() {
        return down;
    }

    /** Returns the share of calls that it fails. */
    double failing() {
        return failing;
    }

    void fail(double share) {
        failing = share;
    }

    /** Forgets everything, and is gone for a while. */
    void restart(int downMillis) {
        flush();
        life++;
        down = true;
        simulation.in(downMillis, () -> down = false);
    }

    /** Forgets everything, as {@code FLUSHALL} does. */
    void flush() {
        below.clear().join();
    }

    /** Forgets the leases, and with them what was invalidated since they were granted. */
    void evictLeases() {
        leases.forEach(Runnable::run);
        leases.clear();
    }

    void evict(String key) {
        below.remove(key).join();
    }
}
