package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on that is not counted from its start. In a list of rows it names a place in
 * the chain: rows that are added later, or archived, neither repeat nor hide others.
 */
public final class Cursor {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES;

  private Cursor() {}

  /** The text of a number above 0; null for null. */
  public static @Nullable String of(@Nullable Long before) {
    return before == null
        ? null
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(BYTES).put(VERSION).putLong(before).array());
  }

  /**
   * The number where, or below which, the list goes on; the largest without a cursor.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(decode(cursor));
    boolean whole = bytes.remaining() == BYTES && bytes.get() == VERSION;
    long before = whole ? bytes.getLong() : 0;
    if (before <= 0 || !cursor.equals(of(before))) {
      throw invalid();
    }
    return before;
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static FacadeException invalid() {
    return FacadeException.field(
        ErrorCode.INVALID_PARAMETER, "cursor", "must be the next of an earlier answer");
  }
}
