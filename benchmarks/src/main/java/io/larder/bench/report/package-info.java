/**
 * What a run leaves behind: a page with tables, a chart, the raw numbers, and what machine they come from.
 *
 * <p>Start at {@link io.larder.bench.report.Report}.
 */
@NullMarked
package io.larder.bench.report;

import org.jspecify.annotations.NullMarked;
