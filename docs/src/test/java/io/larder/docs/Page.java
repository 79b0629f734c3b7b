package io.larder.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page: its fenced blocks, its links, its tables. */
record Page(Path path, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

    /**
     * A fenced block.
     *
     * @param line where its first line stands, counted from 1
     */
    record Block(String language, int line, List<String> lines) {

        String text() {
            return String.join("\n", lines);
        }

        /** Returns the file that the block is an excerpt of, as its first line says, or null. */
        Path quotedFile() {
            String first = lines.get(0);
            return first.startsWith("// ") && first.endsWith(".java") ? Path.of(first.substring(3)) : null;
        }
    }

    static Page read(Path path) {
        return new Page(path, ProjectTree.text(path).lines().toList());
    }

    static Stream<Page> all() {
        return ProjectTree.pages().stream().map(Page::read);
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            String fence = lines.get(at++);
            if (fence.startsWith("```")) {
                int start = at;
                while (!lines.get(at).equals("```")) {
                    at++;
                }
                blocks.add(new Block(fence.substring(3).strip(), start + 1, lines.subList(start, at)));
                at++;
            }
        }
        return blocks;
    }

    /** Returns the output that stands below {@code code}, or null where the next block is something else. */
    String outputBelow(Block code) {
        List<Block> blocks = blocks();
        int next = blocks.indexOf(code) + 1;
        return next < blocks.size() && blocks.get(next).language().equals("text")
                ? blocks.get(next).text()
                : null;
    }

    /** Returns the targets of the links, those inside code left out. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            fenced ^= line.startsWith("```");
            if (!fenced) {
                LINK.matcher(CODE_SPAN.matcher(line).replaceAll("`code`"))
                        .results()
                        .forEach(link -> links.add(link.group(1)));
            }
        }
        return links;
    }

    /** Returns what the first cells of all table rows say in code: {@code | `max` | … |} is "max". */
    List<String> rowNames() {
        return lines.stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    /** Returns the anchors that GitHub makes of the headings. */
    List<String> anchors() {
        return lines.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
