package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import org.jspecify.annotations.Nullable;

/**
 * The rule for NCP's identifiers: 1 to 10 ASCII letters and digits. Nothing else ever gets into a
 * path towards NCP, so an id can neither leave its path segment nor need encoding. What NCP itself
 * names by another id, or by none, cannot be asked about: a search passes it over and does not call
 * itself complete, and what hangs on it fails with {@code upstream-unreadable}.
 */
public final class Ids {
  /** What an id looks like, for documents. */
  public static final String FORM = "[A-Za-z0-9]{1,10}";

  /** The same in words, for the error. */
  public static final String RULE = "must be 1 to 10 ASCII letters and digits";

  private static final int MAX_LENGTH = 10;

  private Ids() {}

  /**
   * The id itself.
   *
   * @param field what the caller calls it, for the error
   * @throws FacadeException {@code invalid-id}
   */
  public static String check(String field, String id) {
    if (!isValid(id)) {
      throw FacadeException.field(ErrorCode.INVALID_ID, field, RULE);
    }
    return id;
  }

  /**
   * The id that NCP gave something which is to be asked about.
   *
   * @param what what it is, for the error
   * @throws FacadeException {@code upstream-unreadable}
   */
  public static String given(String what, @Nullable String id) {
    if (id == null || !isValid(id)) {
      throw new FacadeException(
          ErrorCode.UPSTREAM_UNREADABLE,
          "NCP names the " + what + " by an id that it cannot be asked about: it " + RULE + ".");
    }
    return id;
  }

  /** Whether it is 1 to 10 ASCII letters and digits. */
  public static boolean isValid(@Nullable String id) {
    // Several times in each request, where the pattern takes more than twice as long.
    return id != null
        && !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(Ids::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
