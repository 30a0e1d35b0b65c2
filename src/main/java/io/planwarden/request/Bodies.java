package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import org.jspecify.annotations.Nullable;

/** What holds for every request body. */
public final class Bodies {
  private Bodies() {}

  /**
   * The body, which must be there.
   *
   * @throws FacadeException {@code malformed-json}
   */
  public static <T> T required(@Nullable T body) {
    if (body == null) {
      throw new FacadeException(
          ErrorCode.MALFORMED_JSON, "The body is empty or null; it must be a JSON object.");
    }
    return body;
  }
}
