package io.planwarden.resilience;

import io.planwarden.gateway.FailureClass;
import java.time.Duration;

/**
 * What happens on the way to NCP, for those who count. Called on any thread, event loops among
 * them: implementations are thread-safe, do not block and do not throw.
 */
public interface ResilienceEvents {
  /** Nobody listens. */
  ResilienceEvents NONE = new ResilienceEvents() {};

  /** Why a failed attempt that could have been sent again was not. */
  enum GivenUp {
    ATTEMPTS,
    BUDGET,
    DEADLINE
  }

  /** An attempt is sent, after waiting for its turn. */
  default void sent(CallKind kind, Duration waited) {}

  /** An attempt was not sent, by our own decision. */
  default void heldBack(Hold hold) {}

  /** An attempt that failed so is sent again, also with another key pair. */
  default void retried(CallKind kind, FailureClass failure) {}

  /** A failed attempt is not sent again, although its class would allow it. */
  default void givenUp(GivenUp why) {}

  /** NCP asked to slow down: nothing is sent for so long. */
  default void paused(Duration pause) {}

  /** The breaker is in another state. */
  default void breaker(BreakerState state) {}

  /** The key pair was loaded again; whether another is in use now. */
  default void credentialsReloaded(boolean changed) {}

  /** The read cache was asked; whether it had the answer, or its read was under way. */
  default void cacheAsked(boolean hit) {}
}
