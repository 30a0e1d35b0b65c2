package io.planwarden.gateway;

import java.time.Instant;

/**
 * For whom and until when NCP is called.
 *
 * @param callerId whose share of the rate towards NCP the call takes
 * @param deadline when the answer is of no more use; no attempt is begun after it
 */
public record Call(String callerId, Instant deadline) {}
