package io.planwarden.gateway;

import java.time.Instant;

/**
 * For whom and until when NCP is called.
 *
 * @param callerId whose share of the rate towards NCP the call takes
 * @param deadline when the answer is of no more use; no attempt is begun after it
 * @param reach what the caller may see
 * @param sending run by the adapter, on any thread, each time that it hands a request to its
 *     connection: whoever paces calls counts from that moment on
 */
public record Call(String callerId, Instant deadline, Reach reach, Runnable sending) {
  /** The share of those who give way to everybody else; the id of no caller. */
  public static final String PATIENT = "(patient)";

  /** A call that nobody watches. */
  public Call(String callerId, Instant deadline, Reach reach) {
    this(callerId, deadline, reach, () -> {});
  }

  /** The same call, watched. */
  public Call watchedBy(Runnable sending) {
    return new Call(callerId, deadline, reach, sending);
  }

  /** A call of the same reach that is made only while nobody else waits for a turn. */
  public Call patient(Instant deadline) {
    return new Call(PATIENT, deadline, reach);
  }
}
