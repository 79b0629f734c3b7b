package io.larder.tier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a near tier. Immutable.
 *
 * @param number its place, the nearest has 1
 * @param address its URL without secrets
 * @param nearTtl how long a copy is kept at most; null for the standard, which depends on what the far tier can tell
 */
public record TierRules(
        int number, String address, @Nullable Duration nearTtl) {}
