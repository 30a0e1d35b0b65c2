/**
 * What stands between Planwarden and NCP: decorators of the port that pace, limit, break, retry and
 * count every call. Decisions are pure, with time and chance passed in; effects are in {@link
 * io.planwarden.resilience.Gate} and {@link io.planwarden.resilience.GuardedCall}.
 */
@NullMarked
package io.planwarden.resilience;

import org.jspecify.annotations.NullMarked;
