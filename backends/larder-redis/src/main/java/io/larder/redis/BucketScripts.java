package io.larder.redis;

import static io.larder.redis.ScriptCall.bytes;

import io.larder.Clock;
import io.larder.LarderException;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Calls scripts on the buckets of one cache. Thread-safe. */
final class BucketScripts {

    /** First epochs are drawn from here; far below 2^53, up to where a script's numbers are exact. */
    private static final long EPOCH_MAX = 1L << 50;

    private final Calls calls;
    private final KeyLayout layout;
    private final Clock clock;

    BucketScripts(Calls calls, KeyLayout layout, Clock clock) {
        this.calls = calls;
        this.layout = layout;
        this.clock = clock;
    }

    /** Returns what {@code script} answers for one entry. */
    Reply<Object> run(Script script, EntryPlace place, byte[]... arguments) {
        return calls.run(place.text().hashCode(), call(script, place.bucket(), List.of(place), List.of(arguments)));
    }

    /** Returns the answers in order; all leave at once. */
    Reply<List<Object>> runAll(List<ScriptCall> scripts) {
        return scripts.isEmpty() ? Reply.ready(List.of()) : calls.runAll(scripts);
    }

    /** Returns a call for some entries of a bucket. */
    ScriptCall call(Script script, int bucket, List<EntryPlace> places, List<byte[]> arguments) {
        List<byte[]> names = new ArrayList<>(places.size());
        places.forEach(place -> names.add(layout.entry(place)));
        return callOn(script, bucket, names, arguments);
    }

    /** Returns a call for some names of a bucket. */
    ScriptCall callOn(Script script, int bucket, List<byte[]> names, List<byte[]> arguments) {
        List<byte[]> keys = new ArrayList<>(names.size() + 1);
        keys.add(layout.neverThere(bucket));
        keys.addAll(names);
        List<byte[]> all = new ArrayList<>(arguments.size() + 2);
        all.add(bytes(clock.millis()));
        all.add(layout.prefix(bucket));
        all.addAll(arguments);
        return new ScriptCall(script, keys, all);
    }

    /** Returns a number for marks to begin with. */
    static byte[] randomEpoch() {
        return bytes(ThreadLocalRandom.current().nextLong(1, EPOCH_MAX));
    }

    /** Turns a value that is refused into a reply, as every other failure is. */
    static <T> Reply<T> framing(Supplier<Reply<T>> call) {
        try {
            return call.get();
        } catch (LarderException refused) {
            return Reply.failed(refused);
        }
    }
}
