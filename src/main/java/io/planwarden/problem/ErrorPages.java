package io.planwarden.problem;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The catalogue of errors as HTML that needs nothing else. */
final class ErrorPages {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; }
      td, th { border: 1px solid; padding: .3rem .6rem; text-align: left; vertical-align: top; }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      %2$s
      </body>
      </html>
      """;

  private ErrorPages() {}

  /** All codes, by status and name. */
  static List<ErrorCode> sorted() {
    return Arrays.stream(ErrorCode.values())
        .sorted(Comparator.comparingInt(ErrorCode::status).thenComparing(ErrorCode::code))
        .toList();
  }

  static String list(List<ErrorCode> codes) {
    String rows =
        codes.stream()
            .map(
                code ->
                    "<tr><td>%d</td><td><a href=\"/problems/%s\">%s</a></td><td>%s</td></tr>"
                        .formatted(code.status(), code.code(), code.code(), escaped(code.title())))
            .collect(Collectors.joining("\n"));
    String table =
        "<table>\n<tr><th>Status</th><th>Code</th><th>Title</th></tr>\n" + rows + "\n</table>";
    return PAGE.formatted("Problems", table);
  }

  static String one(ErrorCode code) {
    String text =
        """
        <table>
        <tr><th>Code</th><td>%s</td></tr>
        <tr><th>Status</th><td>%d</td></tr>
        <tr><th>Retryable</th><td>%s</td></tr>
        <tr><th>Why</th><td>%s</td></tr>
        <tr><th>What to do</th><td>%s</td></tr>
        </table>
        <p><a href="/problems">All problems</a></p>"""
            .formatted(
                code.code(),
                code.status(),
                code.retryable() ? "yes: sent again as it is, it is safe and may succeed" : "no",
                escaped(code.cause()),
                escaped(code.remedy()));
    return PAGE.formatted(escaped(code.title()), text);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
