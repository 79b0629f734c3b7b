package io.larder.bench.mix;

import io.larder.bench.worker.Crew;
import io.larder.bench.worker.Orders;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what a {@link MixContestant} asks for, in the process of one peer. Confined to one thread, which starts the callers.
 *
 * <p>{@code open FOLDER}, {@code fill BYTES}, {@code run OPERATIONS BYTES THREADS SEED} and {@code close}; {@code run} is answered
 * by {@link Timings}, the others by an empty line.
 */
public final class MixWorker {

    private final Function<Path, Engine> opener;
    private @Nullable Engine engine;

    private MixWorker(Function<Path, Engine> opener) {
        this.opener = opener;
    }

    /** Serves a peer until the input of this JVM ends, and ends it. */
    public static void run(Function<Path, Engine> opener) {
        MixWorker worker = new MixWorker(opener);
        Orders.obey(Map.of("open", worker::open, "fill", worker::fill, "run", worker::run, "close", worker::close));
    }

    private String open(String[] words) {
        engine = opener.apply(Path.of(words[1]));
        return "";
    }

    private String fill(String[] words) {
        new Mix(0, Integer.parseInt(words[1])).fill(opened());
        return "";
    }

    private String run(String[] words) {
        Mix mix = new Mix(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        Engine called = opened();
        long seed = Long.parseLong(words[4]);
        Timings all = new Timings();
        Crew.run(Integer.parseInt(words[3]), index -> () -> mix.run(called, seed + index))
                .forEach(all::add);
        return all.text();
    }

    private String close(String[] words) {
        opened().close();
        engine = null;
        return "";
    }

    private Engine opened() {
        if (engine == null) {
            throw new IllegalStateException("Nothing is open. 'open FOLDER' comes first");
        }
        return engine;
    }
}
