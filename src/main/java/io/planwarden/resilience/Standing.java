package io.planwarden.resilience;

/**
 * How things stand now, for gauges and for whoever shares out the rate.
 *
 * @param waiting calls that wait for their turn
 * @param running attempts under way
 * @param rate attempts a second that may be sent now; 0 is no limit, or none
 * @param sentLately attempts that were sent within the last second
 */
public record Standing(int waiting, int running, int rate, int sentLately, BreakerState breaker) {}
