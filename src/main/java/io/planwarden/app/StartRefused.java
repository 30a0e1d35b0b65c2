package io.planwarden.app;

/** The application does not start, for a reason that its operator can mend. */
final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String reason) {
    super(reason);
  }
}
