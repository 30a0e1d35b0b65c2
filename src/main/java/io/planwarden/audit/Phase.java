package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a row of the audit tells. */
public enum Phase {
  /** A change is about to be sent. */
  INTENT,
  /** How a change ended, or that nothing was sent for it. */
  OUTCOME,
  /** What a later look found about a change whose outcome was unknown. */
  RESOLUTION,
  /**
   * A fact about the audit itself, or the last word on a change that was settled while an attempt
   * of it could still land.
   */
  NOTE;

  /** The word in rows and answers. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
