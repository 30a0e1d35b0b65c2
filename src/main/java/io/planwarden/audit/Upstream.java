package io.planwarden.audit;

import org.jspecify.annotations.Nullable;

/**
 * What NCP had to do with it.
 *
 * @param status NCP's HTTP status, null if it did not answer
 * @param code NCP's own error code
 * @param attempts how many times the change was sent
 * @param durationMs from the first attempt to the last answer
 */
public record Upstream(
    @Nullable Integer status, @Nullable String code, int attempts, @Nullable Long durationMs) {}
