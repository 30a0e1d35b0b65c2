package io.planwarden.storage;

/** The store cannot be used. The message says why, and what an operator can do about it. */
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreRefused(String message) {
    super(message);
  }

  StoreRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
