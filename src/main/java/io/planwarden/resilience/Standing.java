package io.planwarden.resilience;

/**
 * How things stand now, for gauges.
 *
 * @param waiting calls that wait for their turn
 * @param running attempts under way
 * @param rate attempts a second that may be sent now; 0 is no limit
 */
public record Standing(int waiting, int running, int rate, BreakerState breaker) {}
