package io.planwarden.resilience;

import java.time.Duration;

/**
 * What the attempts of a call came to.
 *
 * @param took from the first attempt to the answer
 * @param mayStillLand whether one of them went without an answer
 */
record Tally(int attempts, Duration took, boolean mayStillLand) {}
