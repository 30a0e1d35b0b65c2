package io.planwarden.operation;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list of rows goes on. It names a place in the chain: rows that are added later, or
 * archived, neither repeat nor hide others.
 */
final class Cursor {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES;

  private Cursor() {}

  static @Nullable String of(@Nullable Long before) {
    return before == null
        ? null
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(ByteBuffer.allocate(BYTES).put(VERSION).putLong(before).array());
  }

  /**
   * The number below which the list goes on; all numbers without a cursor.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  static long before(@Nullable String cursor) {
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
