package io.larder.bench.disk;

import io.larder.bench.mix.MixWorker;

/** The program that runs in the processes of one peer. */
final class DiskWorker {

    private DiskWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) {
        MixWorker.run(DiskPeer.valueOf(args[0])::open);
    }
}
