package io.larder.bench.engines;

import io.larder.bench.mix.MixWorker;

/** The program that makes the calls of a mix on one engine. */
final class EngineWorker {

    private EngineWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) {
        MixWorker.run(EnginePeer.valueOf(args[0])::open);
    }
}
