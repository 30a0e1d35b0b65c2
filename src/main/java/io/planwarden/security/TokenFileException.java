package io.planwarden.security;

/** The token file cannot be used; the message names the place and repeats nothing of the file. */
public final class TokenFileException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenFileException(String reason) {
    super(reason);
  }
}
