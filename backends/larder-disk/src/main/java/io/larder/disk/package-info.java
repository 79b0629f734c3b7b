/**
 * The {@code disk} backend: entries in a folder of this machine, shared by its processes, in a SQLite database and, where they are
 * large, in files beside it. Start with {@link io.larder.disk.DiskProvider}; inside, with {@code DiskBackend} and {@code Room}.
 */
@NullMarked
package io.larder.disk;

import org.jspecify.annotations.NullMarked;
