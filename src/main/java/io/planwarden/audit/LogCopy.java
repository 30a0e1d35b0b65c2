package io.planwarden.audit;

import org.jboss.logging.Logger;

/**
 * The copy of the audit in the log: the canonical text with a last member {@code hash}, and without
 * what a reader of logs might take as the end of a line.
 */
final class LogCopy {
  private static final Logger AUDIT = Logger.getLogger("audit");

  private LogCopy() {}

  static void write(String text, AuditRow row) {
    AUDIT.info(line(text, String.valueOf(row.hash())));
  }

  static String line(String text, String hash) {
    StringBuilder line = new StringBuilder(text.length() + 80);
    int copied = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (ExportLine.endsLines(c)) {
        line.append(text, copied, i).append("\\u%04x".formatted((int) c));
        copied = i + 1;
      }
    }
    line.append(text, copied, text.length() - 1);
    return line.append(",\"hash\":\"").append(hash).append("\"}").toString();
  }
}
