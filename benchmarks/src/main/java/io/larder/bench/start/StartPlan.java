package io.larder.bench.start;

import io.larder.bench.rounds.Effort;

/** How often everything is started. */
record StartPlan(int commandStarts, int appStarts) {

    static StartPlan of(Effort effort) {
        return switch (effort) {
            case FULL -> new StartPlan(20, 10);
            case QUICK -> new StartPlan(5, 2);
        };
    }
}
