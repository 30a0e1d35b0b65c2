package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a caller asks for.
 *
 * @param offset how many items to skip
 * @param limit how many items at most
 */
public record ListWindow(long offset, int limit) {
  /** What a caller gets who does not say how many. */
  public static final int DEFAULT_LIMIT = 50;

  /** The most that a caller gets. */
  public static final int MAX_LIMIT = 200;

  /** The furthest that a caller gets into a list. */
  public static final long MAX_OFFSET = 999_999_999_999_999L;

  private static final int MAX_DIGITS = 15;

  /**
   * Reads the query parameters {@code offset} and {@code limit}; null is the default.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static ListWindow of(@Nullable String offset, @Nullable String limit) {
    return new ListWindow(
        number("offset", offset, 0, 0, MAX_OFFSET),
        (int) number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  private static long number(String field, @Nullable String text, long absent, long min, long max) {
    if (text == null) {
      return absent;
    }
    boolean digits =
        text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long value = digits ? Long.parseLong(text) : -1;
    if (value < min || value > max) {
      throw FacadeException.field(
          ErrorCode.INVALID_PARAMETER, field, "must be a whole number from " + min + " to " + max);
    }
    return value;
  }

  /** The answer for this window of a list that is known as a whole. */
  public <T> Listing<T> of(List<T> all) {
    return listing(all.stream().skip(offset).limit(limit).toList(), all.size());
  }

  /** The answer for this window. */
  public <T> Listing<T> listing(List<T> items, long total) {
    return new Listing<>(items, total, offset, limit);
  }
}
