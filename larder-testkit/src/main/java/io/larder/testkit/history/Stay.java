package io.larder.testkit.history;

import io.larder.testkit.history.Event.Kind;
import io.larder.testkit.history.HistoryChecker.Due;

/**
 * What is known of the time in which a value was in the cache, or, of a removal, in which there was none. Confined to one thread.
 *
 * <p>It was there at the latest when the first call that wrote or, if that is {@link Due#AT_ONCE}, showed it ended, and still when the last of them began. If the first comes
 * before the second, it was there from then to then; if not, at some moment in between.
 */
final class Stay {

    private final Event change;
    private final Due due;
    private Event first;
    private Event last;

    Stay(Event change, Due due) {
        this.change = change;
        this.due = due;
        this.first = change;
        this.last = change;
    }

    void shown(Event read) {
        first = due == Due.AT_ONCE && read.end() < first.end() ? read : first;
        last = read.begin() > stillThereAt() ? read : last;
    }

    Event change() {
        return change;
    }

    /** Returns the call that began last of those that wrote or showed it. */
    Event last() {
        return last;
    }

    long thereAt() {
        return first.end();
    }

    /** What was loaded was there only for those who were shown it. */
    long stillThereAt() {
        return last.kind() == Kind.LOAD ? 0 : last.begin();
    }

    /** Returns whether it was in the cache for certain; what was loaded may have been shown to those alone who waited for it. */
    boolean isChange() {
        return change.kind() != Kind.LOAD || thereAt() < stillThereAt();
    }
}
