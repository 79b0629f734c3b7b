/**
 * Larder measured beside its peers; start at {@link io.larder.bench.BenchMain}.
 *
 * <p>A package for each suite, {@code codecs}, {@code disk}, {@code engines}, {@code growth}, {@code memcached}, {@code memory},
 * {@code redis}, {@code start}, {@code tiers} and {@code traces}; {@code load} is what suites on servers share, {@code rounds} and
 * {@code report} what all do.
 */
@NullMarked
package io.larder.bench;

import org.jspecify.annotations.NullMarked;
