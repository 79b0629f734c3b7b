package io.larder.cli;

import io.larder.url.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete verbs and options. Not a {@link Verb}: it opens nothing. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which bash or zsh complete verbs and options with the tab key.",
            "To have it in every new shell, put the line of the example into ~/.bashrc or ~/.zshrc."
        },
        footer = {"Examples:", "  source <(larder completion bash)", "  source <(larder completion zsh)"})
final class CompletionVerb implements Callable<Integer> {

    private static final List<String> SHELLS = List.of("bash", "zsh");

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", completionCandidates = Shells.class, description = "The shell.")
    String shell;

    /** What may be typed. */
    static final class Shells extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Shells() {
            super(SHELLS);
        }
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(), "Cannot complete in '" + shell + "'." + Nearest.hint(shell, SHELLS));
        }
        // One script for both: in zsh it begins with switching bash's completion on.
        larder.output()
                .line(AutoComplete.bash("larder", CommandLines.ofAllVerbs(larder))
                        .stripTrailing());
        return Exit.DONE;
    }
}
