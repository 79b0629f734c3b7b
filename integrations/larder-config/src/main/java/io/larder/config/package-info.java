/**
 * Configurations: files in three formats and the environment, as one set of settings, of which a Larder is made.
 *
 * <p>Start with {@link io.larder.config.LarderConfig}; docs/guide/configuration.md tells what may stand in a file.
 */
@NullMarked
package io.larder.config;

import org.jspecify.annotations.NullMarked;
