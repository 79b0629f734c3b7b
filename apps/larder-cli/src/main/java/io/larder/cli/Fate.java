package io.larder.cli;

import java.util.Locale;

/** What became of an entry, as it is printed. */
enum Fate {
    COPIED,
    /** The target has it already. */
    EQUAL,
    /** The target has, or loads, an entry of its own. */
    KEPT,
    /** It was invalidated at the target while it was copied. */
    INVALIDATED,
    /** It left the source while it was copied. */
    GONE,
    /** What lies at the source cannot be read. */
    UNREADABLE,
    /** The target would not keep it. */
    REFUSED,
    /** It is no line of an export. */
    WRONG,
    /** A comparison found it at the source only. */
    MISSING,
    /** A comparison found another value, ttl or tags at the target. */
    DIFFERENT,
    /** A comparison found it at the target only. */
    EXTRA;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
