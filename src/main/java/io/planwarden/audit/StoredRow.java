package io.planwarden.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is kept, before anything about it is believed.
 *
 * @param place where it was read, for people
 * @param text its canonical text, null if that is not UTF-8
 * @param hash the hash kept beside it, null where none is
 * @param beside the columns of the database that repeat members of it, null in a file
 */
record StoredRow(
    String place, @Nullable String text, @Nullable String hash, @Nullable Beside beside) {

  /** The columns beside the text. */
  record Beside(long seq, @Nullable String operationId, @Nullable String phase) {}

  /**
   * The text that the bytes are. Anything else than UTF-8 is refused and not replaced: a
   * replacement character would let different bytes have the same hash.
   */
  static @Nullable String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
