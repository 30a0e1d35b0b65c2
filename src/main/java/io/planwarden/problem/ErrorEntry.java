package io.planwarden.problem;

/**
 * An error as the catalogue shows it.
 *
 * @param cause why it happens
 * @param remedy what the caller does next
 */
record ErrorEntry(
    String code, int status, boolean retryable, String title, String cause, String remedy) {
  static ErrorEntry of(ErrorCode code) {
    return new ErrorEntry(
        code.code(), code.status(), code.retryable(), code.title(), code.cause(), code.remedy());
  }
}
