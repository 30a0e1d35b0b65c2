package io.planwarden.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * NCP's word that it took a change.
 *
 * @param plan the plan as NCP answered it, null where NCP answers without one
 * @param status NCP's HTTP status
 * @param attempts how many times the change was sent
 * @param duration from the first attempt to the answer
 */
public record Receipt(@Nullable UsagePlan plan, int status, int attempts, Duration duration) {}
