package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import org.jspecify.annotations.Nullable;

/** Query parameters that are true or false. */
public final class Flags {
  private Flags() {}

  /**
   * The flag's value; absent is false.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static boolean of(String field, @Nullable String text) {
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw FacadeException.field(ErrorCode.INVALID_PARAMETER, field, "must be true or false");
  }
}
