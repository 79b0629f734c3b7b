package io.larder.bench.report;

/** A table in Markdown; columns first, then rows. Confined to one thread. */
public final class MarkdownTable {

    private final StringBuilder head = new StringBuilder("|");
    private final StringBuilder rule = new StringBuilder("|");
    private final StringBuilder rows = new StringBuilder();

    /** Adds columns of words. */
    public MarkdownTable words(String... titles) {
        return columns(" --- |", titles);
    }

    /** Adds columns of numbers, which stand at the right. */
    public MarkdownTable numbers(String... titles) {
        return columns(" ---: |", titles);
    }

    /** Adds a row with a cell for each column. */
    public MarkdownTable row(Iterable<String> cells) {
        rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    private MarkdownTable columns(String ruler, String... titles) {
        for (String title : titles) {
            head.append(' ').append(title).append(" |");
            rule.append(ruler);
        }
        return this;
    }

    /** Returns the table, a line for each row. */
    public String text() {
        return head + "\n" + rule + "\n" + rows;
    }
}
