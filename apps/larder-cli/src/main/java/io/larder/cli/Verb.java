package io.larder.cli;

import io.larder.Cache;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a person can ask of a cache; its fields are what was typed. Confined to one thread. */
abstract class Verb implements Callable<Integer> {

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        Session session = larder.session();
        return run(session, session.cache(), larder.output());
    }

    /** Does it, prints the result, and returns the {@link Exit} code. */
    abstract int run(Session session, Cache<String, Object> cache, Output output);

    /** Returns what refuses what was typed. */
    final ParameterException badUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
