package io.planwarden.crash;

/**
 * What a client was told about a change.
 *
 * @param status 0 if the connection was lost before an answer came
 * @param operationId null if none was named
 * @param outcome null if none was named
 */
record Told(Ask ask, int status, String operationId, String outcome, String body) {
  boolean isLost() {
    return status == 0;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
