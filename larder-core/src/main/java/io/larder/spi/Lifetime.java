package io.larder.spi;

/**
 * When an entry was made and when it ends, in milliseconds since the Unix epoch by the writer's clock.
 *
 * @param freshUntilMillis from here on the value is stale; {@link #NEVER} for never
 * @param keepUntilMillis from here on the entry is gone, never before it is stale; {@link #NEVER} for never
 */
public record Lifetime(long createdMillis, long freshUntilMillis, long keepUntilMillis) {

    /** The deadline of what does not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Checks the order of the deadlines. */
    public Lifetime {
        if (keepUntilMillis < freshUntilMillis) {
            throw new IllegalArgumentException("keepUntilMillis must not be before freshUntilMillis, was "
                    + keepUntilMillis + " and " + freshUntilMillis);
        }
    }

    /** Returns a lifetime without an end. */
    public static Lifetime endless(long createdMillis) {
        return new Lifetime(createdMillis, NEVER, NEVER);
    }

    /** Returns whether the entry is gone already at {@code nowMillis}. */
    public boolean isOver(long nowMillis) {
        return nowMillis >= keepUntilMillis;
    }
}
