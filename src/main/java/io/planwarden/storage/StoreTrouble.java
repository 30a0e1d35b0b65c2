package io.planwarden.storage;

import java.sql.SQLException;

/** The store is not what it was. The message says what is wrong and what an operator can do. */
public final class StoreTrouble extends SQLException {
  private static final long serialVersionUID = 1L;

  public StoreTrouble(String message) {
    super(message);
  }

  public StoreTrouble(String message, Throwable cause) {
    super(message, cause);
  }
}
