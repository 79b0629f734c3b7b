/** Values compressed by Zstandard; found by the stage's name, {@code zstd}. */
@NullMarked
package io.larder.zstd;

import org.jspecify.annotations.NullMarked;
