/**
 * What Python's caches do, so that programs of both languages share entries: their keys are in {@link io.larder.peer.PeerKeys}.
 */
@NullMarked
package io.larder.peer;

import org.jspecify.annotations.NullMarked;
