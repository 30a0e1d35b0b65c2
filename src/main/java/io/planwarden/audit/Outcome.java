package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a change ended. */
public enum Outcome {
  /** It took effect. */
  APPLIED,
  /** It was so already; nothing was sent. */
  UNCHANGED,
  /** A create whose answer was lost; its plan was found. */
  ADOPTED,
  /** NCP refused it. */
  REJECTED,
  /** Planwarden refused it; nothing was sent. */
  REFUSED,
  /** Proved to have had no effect. */
  NOT_APPLIED,
  /**
   * It is not known how it ended. While the operation is pending it is looked at again; once that
   * is settled nobody looks any more.
   */
  UNKNOWN;

  /** The word in rows, headers and answers. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it took effect, by this change. */
  public boolean tookEffect() {
    return this == APPLIED || this == ADOPTED;
  }

  /** Whether it is known how the change ended. What is not known may be the last word as well. */
  public boolean isSettled() {
    return this != UNKNOWN;
  }
}
