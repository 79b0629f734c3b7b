/**
 * From one backend to another, while both are in use.
 *
 * <p>Start with {@link io.larder.handover.BackendSwitch}.
 */
@NullMarked
package io.larder.handover;

import org.jspecify.annotations.NullMarked;
