package io.larder.redis;

import io.larder.BackendException;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The names on all leaders that match a glob, by SCAN, one leader after the other. Confined to one caller.
 *
 * <p>A key that moves from a leader which is still to come to one that is done would be missed. So the walk begins again when slots moved,
 * and goes to every leader a second time for what is in a slot on its way: whatever leaves a leader before it is seen there has arrived
 * when its new one is asked for the last time.
 */
final class NodePages implements Pages<byte[]> {

    /** How many names a server looks at in one step, most of which may be other programs'. */
    private static final int LOOKED_AT = 2_000;

    private static final int ATTEMPTS_MAX = 10;

    private final Calls calls;
    private final ScanArgs match;
    private SlotOwners owners = SlotOwners.NONE;
    /** Null before a walk begins. */
    private @Nullable Queue<Visit> visits;

    private ScanCursor cursor = ScanCursor.INITIAL;
    private int attempts;

    /** A leader to be asked, for all that it has or only for what is in a slot on its way. */
    private record Visit(Commands leader, boolean isSecond) {}

    NodePages(Calls calls, byte[] glob) {
        this(calls, ScanArgs.Builder.matches(glob));
    }

    private NodePages(Calls calls, ScanArgs match) {
        this.calls = calls;
        this.match = match.limit(LOOKED_AT);
    }

    /** Returns pages of strings alone, and of no other type. */
    static NodePages ofStrings(Calls calls, byte[] glob) {
        return new NodePages(calls, KeyScanArgs.Builder.type("string").match(glob));
    }

    @Override
    public Reply<List<byte[]>> next() {
        Queue<Visit> left = visits;
        if (left == null) {
            return attempt(calls.leaders());
        }
        Visit visit = left.peek();
        if (visit == null) {
            return end();
        }
        return calls.ask(visit.leader(), commands -> commands.scan(cursor, match))
                .then(found -> {
                    cursor = found;
                    if (found.isFinished()) {
                        left.remove();
                        cursor = ScanCursor.INITIAL;
                    }
                    List<byte[]> names = visit.isSecond() ? owners.moving(found.getKeys()) : found.getKeys();
                    return names.isEmpty() ? next() : Reply.ready(names);
                });
    }

    private Reply<List<byte[]>> attempt(Reply<List<Commands>> known) {
        if (attempts == ATTEMPTS_MAX) {
            return Reply.failed(BackendException.passing(
                    "Cannot walk through " + calls.address() + ": in each of " + ATTEMPTS_MAX
                            + " attempts slots moved, or had no leader. Look at CLUSTER NODES, and try again when they have settled",
                    null));
        }
        attempts++;
        return known.then(leaders -> SlotOwners.of(calls, leaders)
                .then(found -> found.isWhole() ? begin(leaders, found) : attempt(calls.leadersAnew())));
    }

    private Reply<List<byte[]>> begin(List<Commands> leaders, SlotOwners found) {
        Queue<Visit> all = new ArrayDeque<>();
        leaders.forEach(leader -> all.add(new Visit(leader, false)));
        if (found.isMoving()) {
            leaders.forEach(leader -> all.add(new Visit(leader, true)));
        }
        owners = found;
        visits = all;
        return next();
    }

    private Reply<List<byte[]>> end() {
        return calls.leaders().then(leaders -> SlotOwners.of(calls, leaders)).then(found -> {
            if (found.equals(owners)) {
                return Reply.ready(List.of());
            }
            visits = null;
            return attempt(calls.leaders());
        });
    }
}
