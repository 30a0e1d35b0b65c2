package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on that is not counted from its start. In a list of rows it names a place in
 * the chain: rows that are added later, or archived, neither repeat nor hide others.
 */
public final class Cursor {
  private static final byte NUMBER = 1;
  private static final byte PLACE = 2;
  private static final int BYTES = 1 + Long.BYTES;

  /** A place in a list that is made of lists which have names. */
  public record Place(String name, long number) {}

  private Cursor() {}

  /** The text of a number above 0; null for null. */
  public static @Nullable String of(@Nullable Long before) {
    return before == null ? null : text(ByteBuffer.allocate(BYTES).put(NUMBER).putLong(before));
  }

  /** The text of a place. */
  public static String of(Place place) {
    byte[] name = place.name().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES + name.length);
    return text(bytes.put(PLACE).putLong(place.number()).put(name));
  }

  private static String text(ByteBuffer bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The place where the list goes on.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static Place place(String cursor) {
    ByteBuffer bytes = ByteBuffer.wrap(decode(cursor));
    if (bytes.remaining() < BYTES || bytes.get() != PLACE) {
      throw invalid();
    }
    long number = bytes.getLong();
    Place place = new Place(StandardCharsets.UTF_8.decode(bytes).toString(), number);
    if (number < 0 || !cursor.equals(of(place))) {
      throw invalid();
    }
    return place;
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
    boolean whole = bytes.remaining() == BYTES && bytes.get() == NUMBER;
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
