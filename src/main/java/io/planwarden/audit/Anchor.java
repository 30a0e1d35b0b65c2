package io.planwarden.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A place in the chain that somebody outside keeps: it vouches for its row and all rows before it.
 *
 * @param seq number of the row, from 1
 * @param hash the row's hash, 64 lower-case hexadecimal digits
 */
@Schema(type = SchemaType.STRING, pattern = "^" + Anchor.FORM + "$")
public record Anchor(long seq, String hash) {
  /** How an anchor is written, {@code seq:hash}. */
  public static final String FORM = "[1-9][0-9]{0,17}:[0-9a-f]{64}";

  private static final Pattern WRITTEN = Pattern.compile(FORM);

  /** Reads {@code seq:hash}; empty if the text is not that. */
  public static Optional<Anchor> parse(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    return Optional.of(
        new Anchor(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1)));
  }

  /** The anchor as it is written, {@code seq:hash}. */
  @Override
  @JsonValue
  public String toString() {
    return seq + ":" + hash;
  }
}
