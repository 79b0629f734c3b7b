package io.larder.examples;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.Larder;

/**
 * How do I remove all that belongs to a team, without knowing its keys? By a tag on each entry.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * team 7: [report:2026, user:42]
 * 2 removed
 * left: [user:44]
 * }</pre>
 */
public final class InvalidateByTag {

    private InvalidateByTag() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<String, String> pages =
                    larder.cache("pages", String.class, String.class).build();
            pages.put("user:42", "Ann", EntryOptions.tagged("team:7"));
            pages.put("report:2026", "Sales", EntryOptions.tagged("team:7", "reports"));
            pages.put("user:44", "Cem", EntryOptions.tagged("team:8"));

            System.out.println("team 7: "
                    + pages.entriesByTag("team:7").map(CacheEntry::key).sorted().toList());
            System.out.println(pages.invalidateTag("team:7") + " removed");
            System.out.println("left: " + pages.keys("*").toList());
        }
    }
}
