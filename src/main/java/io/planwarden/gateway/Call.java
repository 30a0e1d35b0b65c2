package io.planwarden.gateway;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * For whom and until when NCP is called.
 *
 * @param callerId whose share of the rate towards NCP the call takes
 * @param deadline when the answer is of no more use; nothing is sent after it
 * @param reach what the caller may see
 * @param attempt which attempt of the call this is, from 1 on
 * @param seenThrough whether what was sent before the deadline has its whole time nevertheless: the
 *     answer to a change tells what it did, and nothing else does as surely
 * @param leave whether it may be sent at all, as things are; from any thread
 * @param sending run by the adapter, on any thread, each time that it is about to hand a request to
 *     its connection: whoever paces calls counts from that moment on, and may say no
 */
public record Call(
    String callerId,
    Instant deadline,
    Reach reach,
    int attempt,
    boolean seenThrough,
    BooleanSupplier leave,
    BooleanSupplier sending) {
  /** The share of those who give way to everybody else; the id of no caller. */
  public static final String PATIENT = "(patient)";

  /** A call that nobody watches. */
  public Call(String callerId, Instant deadline, Reach reach) {
    this(callerId, deadline, reach, 1, false, () -> true, () -> true);
  }

  /** The same call, to be sent only while it may be, and its answer then to be waited for. */
  public Call changing(BooleanSupplier leave) {
    return new Call(callerId, deadline, reach, attempt, true, leave, sending);
  }

  /** The same call, of no more use after that time. */
  public Call until(Instant latest) {
    return latest.isBefore(deadline)
        ? new Call(callerId, latest, reach, attempt, seenThrough, leave, sending)
        : this;
  }

  /** One attempt of the same call, watched. */
  public Call attempt(int number, BooleanSupplier sending) {
    return new Call(callerId, deadline, reach, number, seenThrough, leave, sending);
  }

  /** A call of the same reach that is made only while nobody else waits for a turn. */
  public Call patient(Instant deadline) {
    return new Call(PATIENT, deadline, reach);
  }

  /** Whether the request goes to its connection now; asked once by the adapter for each. */
  public boolean isSent() {
    return leave.getAsBoolean() && sending.getAsBoolean();
  }
}
