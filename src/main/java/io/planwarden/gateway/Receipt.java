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
 * @param mayStillLand whether an earlier attempt went without an answer, so that it may take effect
 *     after this one
 */
public record Receipt(
    @Nullable UsagePlan plan, int status, int attempts, Duration duration, boolean mayStillLand) {

  /** The receipt of the last of several attempts. */
  public Receipt after(int attempts, Duration duration, boolean mayStillLand) {
    return new Receipt(plan, status, attempts, duration, mayStillLand);
  }
}
