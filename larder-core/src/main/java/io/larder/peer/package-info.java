/**
 * What Python's caches do, so that programs of both languages share entries: {@link io.larder.peer.PeerKeys} has their keys, {@link
 * io.larder.peer.PeerLayout} their names, and {@link io.larder.peer.PeerBackend} keeps entries so.
 */
@NullMarked
package io.larder.peer;

import org.jspecify.annotations.NullMarked;
