package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is wrong at a place of the chain. */
public enum Fault {
  /** A row's text, hash or column is not what it was. */
  EDITED,
  /** Rows are missing. */
  DELETED,
  /** A row stands where none belongs. */
  INSERTED,
  /** A row stands in the place of another. */
  SWAPPED,
  /** The chain ends before the anchor. */
  TRUNCATED,
  /** Every link holds, but the chain is not the one that the anchor was taken from. */
  REWRITTEN;

  /** The word in answers and messages. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
