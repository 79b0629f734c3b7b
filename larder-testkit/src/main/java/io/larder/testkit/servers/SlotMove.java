package io.larder.testkit.servers;

import java.util.ArrayList;
import java.util.List;

/** A slot on its way from one leader of a cluster to another. Confined to one thread. */
public final class SlotMove implements AutoCloseable {

    private static final int KEYS_AT_ONCE = 100;
    private static final int MIGRATE_MILLIS_MAX = 10_000;

    private final int slot;
    private final RedisServer from;
    private final RedisServer to;
    private final List<RedisServer> leaders;

    private SlotMove(int slot, RedisServer from, RedisServer to, List<RedisServer> leaders) {
        this.slot = slot;
        this.from = from;
        this.to = to;
        this.leaders = leaders;
    }

    static SlotMove begin(int slot, RedisServer from, RedisServer to, List<RedisServer> leaders) {
        SlotMove move = new SlotMove(slot, from, to, leaders);
        move.set(to, "IMPORTING", from);
        move.set(from, "MIGRATING", to);
        return move;
    }

    /** Returns the node that has led the slot so far. */
    public RedisServer from() {
        return from;
    }

    /** Returns the node that is going to lead the slot. */
    public RedisServer to() {
        return to;
    }

    /** Moves all keys that are in the slot now. */
    public void moveKeys() {
        while (moveKeys(KEYS_AT_ONCE) > 0) {
            // The next ones.
        }
    }

    /** Moves as many keys of the slot at most, and returns how many it moved. */
    public int moveKeys(int keysMax) {
        List<RedisAnswer> keys = from.command("CLUSTER", "GETKEYSINSLOT", text(slot), text(keysMax))
                .items();
        if (!keys.isEmpty()) {
            List<byte[]> command = new ArrayList<>(RedisServer.words("MIGRATE", to.host(), text(to.port()), "", "0"));
            command.addAll(RedisServer.words(text(MIGRATE_MILLIS_MAX)));
            String password = to.options().password();
            if (password != null) {
                command.addAll(RedisServer.words("AUTH", password));
            }
            command.addAll(RedisServer.words("KEYS"));
            keys.forEach(key -> command.add(key.bytes()));
            from.command(command);
        }
        return keys.size();
    }

    /** Ends the move: moves what keys are left, and lets all leaders know who leads the slot now. */
    @Override
    public void close() {
        moveKeys();
        set(to, "NODE", to);
        set(from, "NODE", to);
        leaders.stream().filter(node -> node != to && node != from).forEach(node -> set(node, "NODE", to));
    }

    private void set(RedisServer node, String state, RedisServer about) {
        node.command(
                "CLUSTER",
                "SETSLOT",
                text(slot),
                state,
                about.command("CLUSTER", "MYID").toString());
    }

    private static String text(int number) {
        return String.valueOf(number);
    }
}
