package io.planwarden.idempotency;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A caller's name for a request that it may send again. Quoted or bare, the same characters are the
 * same key.
 *
 * @param value 1 to 255 printable ASCII characters, without quotes
 */
public record IdempotencyKey(String value) {
  public static final String HEADER = "Idempotency-Key";

  private static final int MAX_LENGTH = 255;
  // A string of RFC 8941, section 3.3.3, without parameters.
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\])*+)\"");
  // No comma: that is how two lines of a header become one on their way.
  private static final Pattern BARE = Pattern.compile("[\\x21-\\x7E&&[^\",;\\\\]]++");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  /**
   * Reads the lines of the header; null if there are none.
   *
   * @throws FacadeException {@code invalid-parameter}
   */
  public static @Nullable IdempotencyKey of(List<String> lines) {
    if (lines.size() > 1) {
      throw invalid(HEADER, "must be sent once");
    }
    return lines.isEmpty() ? null : parse(HEADER, lines.get(0));
  }

  /**
   * Reads a key.
   *
   * @param field the header or parameter that it is the value of
   * @throws FacadeException {@code invalid-parameter}
   */
  public static IdempotencyKey parse(String field, String text) {
    var quoted = QUOTED.matcher(text);
    String value =
        quoted.matches()
            ? ESCAPE.matcher(quoted.group(1)).replaceAll("$1")
            : BARE.matcher(text).matches() ? text : "";
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw invalid(
          field,
          "must be 1 to 255 printable ASCII characters in double quotes, or without quotes if none"
              + " of them is a space, comma, semicolon, quote or backslash");
    }
    return new IdempotencyKey(value);
  }

  private static FacadeException invalid(String field, String rule) {
    return FacadeException.field(ErrorCode.INVALID_PARAMETER, field, rule);
  }
}
