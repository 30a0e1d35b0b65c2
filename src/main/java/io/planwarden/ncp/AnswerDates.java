package io.planwarden.ncp;

import java.time.Instant;

/** Hears what NCP's clock says. Called on event loops, so it must not block or throw. */
public interface AnswerDates {
  /**
   * NCP answered.
   *
   * @param sent when the request was sent, by our clock
   * @param received when the answer came, by our clock
   * @param date the answer's {@code Date}
   */
  void seen(Instant sent, Instant received, Instant date);
}
