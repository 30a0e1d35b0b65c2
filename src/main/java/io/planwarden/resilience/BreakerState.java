package io.planwarden.resilience;

/** Whether calls are let through to NCP. */
public enum BreakerState {
  /** NCP is taken to be up: all are. */
  CLOSED,
  /** NCP is taken to be down: none is, for the delay. */
  OPEN,
  /** The delay is over: a few are, to see. */
  HALF_OPEN
}
