package io.planwarden.audit;

import org.jboss.logging.Logger;

/**
 * The copy of the audit in the log: the canonical text with a last member {@code hash}. Escaped is
 * what some reader of logs takes as the end of a line although JSON allows it in a string.
 */
final class LogCopy {
  private static final Logger AUDIT = Logger.getLogger("audit");

  private LogCopy() {}

  static void write(String text, AuditRow row) {
    AUDIT.info(line(text, String.valueOf(row.hash())));
  }

  static String line(String text, String hash) {
    StringBuilder line = new StringBuilder(text.length() + 80);
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c < 0x7f || (c > 0x9f && c != '\u2028' && c != '\u2029')) {
        line.append(c);
      } else {
        line.append("\\u%04x".formatted((int) c));
      }
    }
    return line.append(",\"hash\":\"").append(hash).append("\"}").toString();
  }
}
