package io.larder.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All scores of a run, and what they come to. Immutable. */
record Results(List<Score> scores) {

    /** Returns millions of calls a second. */
    Spread speed(Workload workload, int threads, Peer peer) {
        return spread(workload, threads, peer, score -> score.callsPerSecond() / 1e6);
    }

    /** Returns how many times as fast as raw Caffeine the peer was; each round is compared with itself. */
    Spread ratio(Workload workload, int threads, Peer peer) {
        return spread(
                workload,
                threads,
                peer,
                score -> score.callsPerSecond() / rival(score).callsPerSecond());
    }

    Spread bytes(Workload workload, int threads, Peer peer) {
        return spread(workload, threads, peer, Score::bytesPerCall);
    }

    private Spread spread(Workload workload, int threads, Peer peer, ToDoubleFunction<Score> number) {
        return Spread.of(scores.stream()
                .filter(score -> score.workload() == workload && score.threads() == threads && score.peer() == peer)
                .mapToDouble(number)
                .toArray());
    }

    private Score rival(Score score) {
        return scores.stream()
                .filter(other -> other.peer() == Peer.CAFFEINE
                        && other.round() == score.round()
                        && other.workload() == score.workload()
                        && other.threads() == score.threads())
                .findAny()
                .orElseThrow();
    }
}
