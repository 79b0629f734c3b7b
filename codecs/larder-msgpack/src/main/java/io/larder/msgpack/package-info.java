/** Values as MessagePack; found by the codec's name, {@code msgpack}. */
@NullMarked
package io.larder.msgpack;

import org.jspecify.annotations.NullMarked;
