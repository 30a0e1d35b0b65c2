package io.planwarden.audit;

import io.planwarden.audit.Appender.Appended;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The copy of the audit in the log: the canonical text with a last member {@code hash}, and without
 * what a reader of logs might take as the end of a line.
 */
final class LogCopy {
  private static final Logger AUDIT = Logger.getLogger("audit");
  private static final byte DELETE = 0x7F;
  // What the last member and the end of a line take.
  private static final int HASH = 80;

  private LogCopy() {}

  /** Writes the lines of rows that became durable together as one message. */
  static void write(List<Appended> rows) {
    if (!rows.isEmpty() && AUDIT.isInfoEnabled()) {
      AUDIT.info(lines(rows));
    }
  }

  /** A line for each row. */
  static String lines(List<Appended> rows) {
    int length = rows.stream().mapToInt(each -> each.text().length() + HASH).sum();
    StringBuilder lines = new StringBuilder(length);
    for (Appended each : rows) {
      if (!lines.isEmpty()) {
        lines.append('\n');
      }
      append(each.text(), String.valueOf(each.row().hash()), lines);
    }
    return lines.toString();
  }

  private static void append(String text, String hash, StringBuilder lines) {
    if (isPlain(text)) {
      lines.append(text, 0, text.length() - 1);
    } else {
      escape(text, lines);
    }
    lines.append(",\"hash\":\"").append(hash).append("\"}");
  }

  /** Nearly every text; so many at a time are looked at sooner than one by one. */
  private static boolean isPlain(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      // All that is not ASCII is negative.
      if (b < ' ' || b == DELETE) {
        return false;
      }
    }
    return true;
  }

  private static void escape(String text, StringBuilder line) {
    int copied = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (ExportLine.endsLines(c)) {
        line.append(text, copied, i).append("\\u%04x".formatted((int) c));
        copied = i + 1;
      }
    }
    line.append(text, copied, text.length() - 1);
  }
}
