package io.planwarden.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;

/**
 * A request that nobody sends in good faith.
 *
 * @param operation whose request it was before it was spoiled
 * @param what how it was spoiled
 * @param target the request target, each char a byte
 * @param headers lines of the head, each char a byte; Host and Content-Length are added
 * @param body null if there is none
 * @param fate what has to become of it
 */
record HostileRequest(
    OpenApiOperation operation,
    String what,
    String method,
    String target,
    List<String> headers,
    byte[] body,
    Fate fate) {
  private static final int SHOWN = 2_000;

  /** What may become of a request. */
  enum Fate {
    /** It may be in order after all. */
    ANYTHING,
    /** It is wrong by construction: NCP must not hear of it. */
    REFUSED,
    /** It reaches no operation. */
    UNROUTED,
    /** It is hardly HTTP and a server may get along with it; an answer needs no body. */
    TOLERATED,
    /** It is no HTTP: the connection may just end, and an answer needs no body. */
    GARBAGE
  }

  boolean mustNotHaveAnEffect() {
    return fate != Fate.ANYTHING && fate != Fate.TOLERATED;
  }

  boolean mayGoWithoutAWord() {
    return fate == Fate.TOLERATED || fate == Fate.GARBAGE;
  }

  byte[] bytes(URI origin) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(origin.getAuthority()).append("\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    boolean announced =
        headers.stream()
            .anyMatch(line -> line.matches("(?i)(content-length|transfer-encoding):.*"));
    if (body != null && !announced) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (body != null) {
      bytes.writeBytes(body);
    }
    return bytes.toByteArray();
  }

  /** The same request for a shell; what is very long is cut. */
  String curl(URI origin) {
    StringBuilder curl = new StringBuilder("curl -si --path-as-is -X " + quoted(method));
    headers.forEach(line -> curl.append(" -H ").append(quoted(line)));
    if (body != null) {
      curl.append(" --data-binary ").append(quoted(new String(body, ISO_8859_1)));
    }
    return curl.append(' ').append(quoted(origin + target)).toString();
  }

  private static String quoted(String bytes) {
    StringBuilder text = new StringBuilder("$'");
    bytes.chars().limit(SHOWN).forEach(c -> text.append(shown(c)));
    return text.append(bytes.length() > SHOWN ? "'# ... " + bytes.length() + " bytes" : "'")
        .toString();
  }

  private static String shown(int c) {
    return c < ' ' || c > '~' || c == '\'' || c == '\\'
        ? "\\x%02x".formatted(c)
        : Character.toString(c);
  }
}
