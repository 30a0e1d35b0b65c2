package io.planwarden.peer;

/** Why a connection is cut. */
enum Cut {
  /** The request line and headers, or the TLS handshake, took too long. */
  SLOW_HEADERS,
  /** The body took too long. */
  SLOW_BODY,
  /** Nothing of an answer was taken for too long. */
  SLOW_READER,
  /** Too many requests were sent ahead of the answers. */
  TOO_MANY_AHEAD;

  /** As metrics and logs name it. */
  String word() {
    return switch (this) {
      case SLOW_HEADERS -> "headers";
      case SLOW_BODY -> "body";
      case SLOW_READER -> "reader";
      case TOO_MANY_AHEAD -> "ahead";
    };
  }
}
