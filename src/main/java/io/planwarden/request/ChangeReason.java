package io.planwarden.request;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the caller makes a change, in the caller's words, for the audit. */
public final class ChangeReason {
  /** The header that carries it, percent-encoded UTF-8. */
  public static final String HEADER = "X-Change-Reason";

  private static final int MAX_CODE_POINTS = 500;

  private ChangeReason() {}

  /**
   * The decoded reason, null if the header is absent or empty.
   *
   * @param lines those of the header
   * @throws FacadeException {@code invalid-parameter}
   */
  public static @Nullable String decode(List<String> lines) {
    if (lines.size() > 1) {
      throw invalid("must be given once");
    }
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      return null;
    }
    String reason = text(lines.get(0));
    if (reason.codePointCount(0, reason.length()) > MAX_CODE_POINTS) {
      throw invalid("must have at most 500 characters");
    }
    if (reason.codePoints().anyMatch(ChangeReason::endsLinesOrControls)) {
      throw invalid("must have no control characters and no ends of lines");
    }
    return reason;
  }

  /** What could make one entry of a log, or of a terminal, look like two. */
  private static boolean endsLinesOrControls(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.LINE_SEPARATOR
        || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
  }

  private static String text(String header) {
    byte[] bytes = new byte[header.length()];
    int size = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '%') {
        int high = i + 2 < header.length() ? Character.digit(header.charAt(i + 1), 16) : -1;
        int low = i + 2 < header.length() ? Character.digit(header.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw invalid("must have two hexadecimal digits after each %");
        }
        bytes[size++] = (byte) (high * 16 + low);
        i += 2;
      } else if (c >= ' ' && c < 0x7f) {
        bytes[size++] = (byte) c;
      } else {
        throw invalid("must be printable ASCII; percent-encode everything else as UTF-8");
      }
    }
    return utf8(Arrays.copyOf(bytes, size));
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw invalid("must decode to UTF-8");
    }
  }

  private static FacadeException invalid(String rule) {
    return FacadeException.field(ErrorCode.INVALID_PARAMETER, HEADER, rule);
  }
}
