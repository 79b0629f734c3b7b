package io.larder.bench.summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the head of a suite's page says. */
record SuitePage(String suite, String title, String day, String place, boolean hasChart) {

    /** As {@link io.larder.bench.report.Report} writes it. */
    private static final Pattern HEAD =
            Pattern.compile("# (.+)\\n\\n\\*Written by `bin/bench \\S+` on (\\S+);.*\\*\\n\\n(.+)\\n");

    /** Returns those of these suites that have a page in the folder. */
    static List<SuitePage> in(Path folder, Iterable<String> suites) throws IOException {
        List<SuitePage> pages = new ArrayList<>();
        for (String suite : suites) {
            Path page = folder.resolve(suite + ".md");
            if (Files.exists(page)) {
                boolean hasChart = Files.exists(folder.resolve(suite + ".svg"));
                parse(suite, Files.readString(page), hasChart).ifPresent(pages::add);
            }
        }
        return pages;
    }

    private static Optional<SuitePage> parse(String suite, String page, boolean hasChart) {
        Matcher head = HEAD.matcher(page);
        return head.lookingAt()
                ? Optional.of(new SuitePage(suite, head.group(1), head.group(2), head.group(3), hasChart))
                : Optional.empty();
    }
}
