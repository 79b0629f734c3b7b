package io.larder.jcache;

/** What {@code unwrap} answers. */
final class Unwrapped {

    private Unwrapped() {}

    /** Returns the first of {@code candidates} that is a {@code type}. */
    static <T> T as(Class<T> type, Object... candidates) {
        for (Object candidate : candidates) {
            if (type.isInstance(candidate)) {
                return type.cast(candidate);
            }
        }
        throw new IllegalArgumentException(
                "Cannot unwrap " + candidates[0].getClass().getName() + " to " + type.getName()
                        + ". A Cache can be unwrapped to io.larder.Cache");
    }
}
