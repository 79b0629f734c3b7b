/** Values as Python pickles; found by the codec's name, {@code pickle}. Start at {@link io.larder.pickle.PickleProvider}. */
@NullMarked
package io.larder.pickle;

import org.jspecify.annotations.NullMarked;
