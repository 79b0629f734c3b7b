package io.larder.testkit.trials;

import io.larder.EntryOptions;
import io.larder.LarderException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One of the threads of {@link Traffic}. What it remembers is its own; marks are set by another thread. */
final class TrafficThread implements Runnable {

    private static final int REMOVE_EVERY = 4;
    private static final int INVALIDATE_EVERY = 5;
    private static final int KEYS_AT_ONCE = 500;
    private static final long BREATH_MILLIS = 2;

    private final Traffic traffic;
    private final Findings findings;
    private final int number;
    private final Random random;
    /** Of the entries of this thread, those whose put, or removal, was acknowledged, and those of which it is not known. */
    private final BitSet put = new BitSet();

    private final BitSet removed = new BitSet();
    private final BitSet unknown = new BitSet();
    private int entries;
    private long added;
    private long maybeAdded;

    private volatile StopClock marked = StopClock.start();
    private volatile Recovery recovery = new Recovery(marked, 0);
    private volatile double failedMillis;

    /** The first write that was begun after a mark, and how long after the fault it was acknowledged. */
    private record Recovery(StopClock mark, double millis) {}

    TrafficThread(Traffic traffic, int number) {
        this.traffic = traffic;
        this.findings = traffic.findings();
        this.number = number;
        this.random = new Random(number);
    }

    void mark(StopClock clock) {
        failedMillis = 0;
        marked = clock;
    }

    boolean hasRecovered() {
        return recovery.mark() == marked;
    }

    double recoveredMillis() {
        return recovery.millis();
    }

    /** Returns when the last call failed, counted from the mark; 0 if none has. */
    double failedMillis() {
        return failedMillis;
    }

    @Override
    public void run() {
        while (!traffic.isOverAfter(0)) {
            try {
                putAnEntry();
                readAnEntry();
                writeRegister();
                readRegister(random.nextInt(traffic.size()));
                if (entries % REMOVE_EVERY == 0) {
                    removeAnEntry(random.nextInt(entries));
                }
                count();
                load(random.nextInt(Traffic.SOURCES));
                if (entries % INVALIDATE_EVERY == 0) {
                    invalidate(random.nextInt(Traffic.SOURCES));
                }
            } catch (RuntimeException | Error bug) {
                findings.wrong("thread " + number + " ended with " + bug);
                throw bug;
            }
        }
    }

    /** Makes a call, and returns whether it was acknowledged. */
    private boolean isDone(String name, Callable<Boolean> call) {
        StopClock clock = StopClock.start();
        try {
            return call.call();
        } catch (LarderException failure) {
            findings.failed(String.valueOf(failure.getMessage()));
            failedMillis = marked.millis();
            traffic.isOverAfter(BREATH_MILLIS);
            return false;
        } catch (Exception bug) {
            throw new IllegalStateException(bug);
        } finally {
            findings.called(name, clock.millis());
        }
    }

    private boolean isWritten(String name, Runnable write) {
        StopClock mark = marked;
        boolean done = isDone(name, () -> {
            write.run();
            return true;
        });
        if (done) {
            findings.wrote();
            if (recovery.mark() != mark) {
                recovery = new Recovery(mark, mark.millis());
            }
        }
        return done;
    }

    private String entry(int index) {
        return "entry-" + number + "-" + index;
    }

    private void putAnEntry() {
        int index = entries++;
        String key = entry(index);
        boolean done = isWritten("put", () -> traffic.texts().put(key, key, EntryOptions.tagged("tag-" + number)));
        (done ? put : unknown).set(index);
    }

    private void readAnEntry() {
        int index = random.nextInt(entries);
        String key = entry(index);
        isDone("get", () -> {
            String value = traffic.texts().get(key);
            if (value != null && !value.equals(key)) {
                findings.wrong("key " + key + " shows " + value);
            }
            findings.read(value != null || !put.get(index) || unknown.get(index));
            return true;
        });
    }

    private void removeAnEntry(int index) {
        if (isWritten("remove", () -> traffic.texts().remove(entry(index)))) {
            put.clear(index);
            unknown.clear(index);
            removed.set(index);
        } else {
            unknown.set(index);
        }
    }

    private void writeRegister() {
        long value = traffic.begun().incrementAndGet(number);
        if (isWritten("put", () -> traffic.texts().put("register-" + number, number + ":" + value))) {
            traffic.acknowledged().set(number, value);
        }
    }

    private void readRegister(int of) {
        long least = traffic.acknowledged().get(of);
        isDone("get", () -> {
            String text = traffic.texts().get("register-" + of);
            if (text == null && traffic.memory() == Traffic.Memory.FORGETS) {
                return true;
            }
            long value = text == null ? 0 : Long.parseLong(text.substring(text.indexOf(':') + 1));
            if ((text != null && !text.startsWith(of + ":"))
                    || value > traffic.begun().get(of)) {
                findings.wrong("register " + of + " shows " + text);
            } else if (value < least) {
                findings.undone("register " + of + " shows " + value + " after " + least + " was acknowledged");
            }
            return true;
        });
    }

    private void count() {
        boolean done = isWritten("add", () -> traffic.numbers().counters().add("counter-" + number, 1));
        added += done ? 1 : 0;
        maybeAdded += done ? 0 : 1;
    }

    private void load(int source) {
        long least = traffic.floors().get(source);
        isDone("get with a loader", () -> {
            String value = String.valueOf(traffic.texts()
                    .get(
                            "source-" + source,
                            key -> source + ":" + traffic.truths().get(source),
                            EntryOptions.tagged("source-" + source)));
            if (!value.startsWith(source + ":")) {
                findings.wrong("source " + source + " shows " + value);
            } else if (Long.parseLong(value.substring(value.indexOf(':') + 1)) < least) {
                findings.undone("source " + source + " shows " + value + " after an invalidation at " + least);
            }
            return true;
        });
    }

    private void invalidate(int source) {
        long truth = traffic.truths().incrementAndGet(source);
        boolean byTag = random.nextBoolean();
        boolean done = isWritten(byTag ? "invalidateTag" : "remove", () -> {
            if (byTag) {
                traffic.texts().invalidateTag("source-" + source);
            } else {
                traffic.texts().remove("source-" + source);
            }
        });
        if (done) {
            traffic.floors().accumulateAndGet(source, truth, Math::max);
        }
    }

    /** Compares what is stored with what was acknowledged, when all threads have ended. */
    void compare() {
        for (int from = 0; from < entries; from += KEYS_AT_ONCE) {
            List<String> keys = new ArrayList<>();
            for (int index = from; index < Math.min(entries, from + KEYS_AT_ONCE); index++) {
                keys.add(entry(index));
            }
            Map<String, String> found = traffic.texts().getAll(keys);
            for (int i = 0; i < keys.size(); i++) {
                compare(from + i, keys.get(i), found.get(keys.get(i)));
            }
        }
        Long sum = traffic.numbers().get("counter-" + number);
        long counted = sum == null ? 0 : sum;
        findings.lost(Math.max(0, added - counted));
        if (counted > added + maybeAdded) {
            findings.wrong("counter " + number + " shows " + counted + ", but " + added
                    + " additions were acknowledged and " + maybeAdded + " failed");
        }
        long register = traffic.acknowledged().get(number);
        String text = traffic.texts().get("register-" + number);
        findings.lost(text == null || Long.parseLong(text.substring(text.indexOf(':') + 1)) < register ? 1 : 0);
    }

    private void compare(int index, String key, @Nullable String value) {
        if (value != null && !value.equals(key)) {
            findings.wrong("key " + key + " shows " + value + " at the end");
        }
        if (value == null && put.get(index) && !unknown.get(index)) {
            findings.lost(1);
        }
        if (value != null && removed.get(index)) {
            findings.undone("key " + key + " is there after its removal");
        }
    }
}
