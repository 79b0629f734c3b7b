/**
 * What many callers were told by one cache, and whether any order of their writes explains it.
 *
 * <p>Start with {@link io.larder.testkit.history.HistoryTrial}, which makes a history, and
 * {@link io.larder.testkit.history.HistoryChecker}, which judges it.
 */
@NullMarked
package io.larder.testkit.history;

import org.jspecify.annotations.NullMarked;
