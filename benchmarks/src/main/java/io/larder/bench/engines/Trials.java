package io.larder.bench.engines;

import io.larder.bench.mix.ScratchFolder;
import io.larder.bench.worker.LineProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Tries what no figure tells: whether two processes can use an engine at a time, and what is left after a kill.
 *
 * @param kills how often a process is killed
 * @param random when
 */
record Trials(int kills, Random random, PrintStream progress) {

    private static final String YES = "yes";
    /** Between the last write that is waited for and the first; what is in the pipe between the processes comes on top. */
    private static final int WRITES_MAX = 500;

    /**
     * What came of it, in words that start with yes or no.
     *
     * @param sharing whether a second process may open the folder, and both see each other's writes at once
     * @param killing whether all that was acknowledged is there after each kill, and nothing else
     */
    record Verdict(String sharing, String killing) {}

    Verdict of(EnginePeer peer) {
        try {
            Verdict verdict = new Verdict(
                    ScratchFolder.with((Path folder) -> share(peer, folder)),
                    ScratchFolder.with((Path folder) -> kill(peer, folder)));
            progress.printf(
                    "%-22s second process: %s; killed: %s%n", peer.label(), verdict.sharing(), verdict.killing());
            return verdict;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make or clear a folder for " + peer.label(), e);
        }
    }

    private static String share(EnginePeer peer, Path folder) {
        try (LineProcess first = open(peer, folder)) {
            first.ask("put a 1");
            LineProcess second;
            try {
                second = open(peer, folder);
            } catch (IllegalStateException refused) {
                return "no, one at a time";
            }
            try (second) {
                boolean seen = second.ask("get a").equals("1");
                second.ask("put a 2");
                seen &= first.ask("get a").equals("2");
                first.ask("put a 3");
                seen &= second.ask("get a").equals("3");
                return seen ? YES : "no, writes of the other are not seen";
            }
        }
    }

    /** Each process checks what the one before it has left, and writes on. */
    private String kill(EnginePeer peer, Path folder) {
        int losses = 0;
        int wrongs = 0;
        long last = -1;
        for (int kill = 0; kill <= kills; kill++) {
            LineProcess process;
            try {
                process = open(peer, folder);
            } catch (IllegalStateException broken) {
                return "no, does not open after kill %d".formatted(kill);
            }
            String left = process.ask("check " + last);
            losses += left.equals(TrialWorker.LOST) ? 1 : 0;
            wrongs += left.equals(TrialWorker.WRONG) ? 1 : 0;
            if (kill == kills) {
                process.close();
            } else {
                last = writeAndKill(process, last);
            }
        }
        if (losses + wrongs == 0) {
            return YES;
        }
        return "no, writes lost in %d of %d kills%s"
                .formatted(losses, kills, wrongs == 0 ? "" : ", wrong values in " + wrongs);
    }

    /** Returns the last number that was acknowledged. */
    private long writeAndKill(LineProcess process, long last) {
        process.tell("write " + (last + 1));
        long acknowledged = last;
        int writes = TrialWorker.KEYS + random.nextInt(WRITES_MAX);
        for (int count = 0; count < writes; count++) {
            acknowledged = Long.parseLong(process.answer());
        }
        List<String> rest = process.kill();
        return acknowledged + rest.size();
    }

    private static LineProcess open(EnginePeer peer, Path folder) {
        return peer.start(TrialWorker.class, folder.toString());
    }
}
