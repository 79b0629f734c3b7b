/**
 * Contracts that every backend, layer, codec and provider has to keep, and the fakes to test with.
 *
 * <p>Start with {@link io.larder.testkit.BackendContract}: extend it, open your backend, run it.
 */
@NullMarked
package io.larder.testkit;

import org.jspecify.annotations.NullMarked;
