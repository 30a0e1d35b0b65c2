package io.planwarden.request;

/**
 * Told when a known caller was refused what it may not do: the first time at once, and what follows
 * within a minute together.
 *
 * @param caller the caller, as it was the last time
 * @param action the operation id of the API
 * @param times how often since this was last told
 * @param requestId of the last time
 */
public record Denied(Caller caller, String action, long times, String requestId) {}
