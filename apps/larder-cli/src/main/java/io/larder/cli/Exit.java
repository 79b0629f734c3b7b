package io.larder.cli;

/** What a command ends with: a contract with the scripts that call it. */
final class Exit {

    /** It was done. */
    static final int DONE = 0;

    /** There was no such entry, or a condition kept it from being done. */
    static final int MISS = 1;

    /** What was typed, or how it is set up, cannot work. */
    static final int USAGE = 2;

    /** The backend cannot be reached or does not let us in; the same command may succeed later. */
    static final int UNREACHABLE = 3;

    private Exit() {}
}
