package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row as a line of JSON: its canonical text with a last member {@code hash}. Whoever cuts that
 * member out has the text that the hash covers.
 */
final class ExportLine {
  private static final Pattern HASH = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}$");
  // The copy in the log escapes what some readers take as the end of a line; no other row has
  // these.
  private static final Pattern ESCAPED =
      Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9a-fA-F]{4})");
  private static final String ROW = "{\"action\":";
  private static final ObjectReader JSON = new ObjectMapper().reader();

  private ExportLine() {}

  /** Writes it, without an end of line; what is no row becomes a line that is none. */
  static String write(@Nullable String text, @Nullable String hash) {
    String row = text == null || !text.endsWith("}") ? "{}" : text;
    return row.substring(0, row.length() - 1) + ",\"hash\":\"" + hash + "\"}";
  }

  /**
   * Reads a line.
   *
   * @param line without its end, null if it is not UTF-8
   */
  static StoredRow read(String place, @Nullable String line) {
    if (line == null) {
      return new StoredRow(place, null, null, null);
    }
    Matcher hash = HASH.matcher(line);
    if (!hash.find()) {
      return new StoredRow(place, null, null, null);
    }
    String text = line.substring(0, hash.start()) + "}";
    return new StoredRow(place, unescaped(text), hash.group(1), null);
  }

  /** The row in a line of a log: behind a prefix, or the message of a JSON log; empty if none. */
  static Optional<String> inLog(@Nullable String line) {
    if (line == null) {
      return Optional.empty();
    }
    int start = line.indexOf(ROW);
    if (start >= 0) {
      return Optional.of(line.substring(start));
    }
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      String message = JSON.readTree(line).path("message").asText();
      return Optional.of(message).filter(m -> m.startsWith(ROW));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String unescaped(String text) {
    if (!text.contains("\\u")) {
      return text;
    }
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found -> {
              int code = Integer.parseInt(found.group(2), 16);
              return Matcher.quoteReplacement(
                  endsLines(code) ? found.group(1) + Character.toString(code) : found.group());
            });
  }

  /** Whether some reader takes it as the end of a line although JSON allows it in a string. */
  static boolean endsLines(int code) {
    return (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029;
  }
}
