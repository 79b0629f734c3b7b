/**
 * The command line: every verb on every backend.
 *
 * <p>Start with {@link io.larder.cli.Main}; a verb is a class, and {@link io.larder.cli.Verb} what they share.
 */
@NullMarked
package io.larder.cli;

import org.jspecify.annotations.NullMarked;
