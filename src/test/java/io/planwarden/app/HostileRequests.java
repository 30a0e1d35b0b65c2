package io.planwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.planwarden.app.HostileRequest.Fate;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hostile requests for one operation, each spoiled in one place; the same seed makes the same. */
final class HostileRequests {
  private static final List<String> METHODS =
      List.of(
          "GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW", "get", "PROPFIND");

  private static final List<String> TOLERABLE =
      List.of(
          "Host: other.example",
          ": nameless",
          "Folded: x\r\n y",
          "Transfer-Encoding: chunked\r\nContent-Length: 3");

  private static final List<String> INTOLERABLE =
      List.of(
          "Content-Length: -1",
          "Content-Length: x",
          "Content-Length: 99999999999999999999",
          "Content-Length: 1000000",
          "Transfer-Encoding: \u000bchunked",
          "no colon",
          "spaced : x",
          "NUL: \u0000",
          "Huge: " + "x".repeat(40_000));

  private final OpenApiOperation operation;
  private final Random random;
  private final HostileText text;

  HostileRequests(OpenApiOperation operation, Random random) {
    this.operation = operation;
    this.random = random;
    this.text = new HostileText(random);
  }

  HostileRequest next() {
    if (operation.body() != null && random.nextInt(100) < 55) {
      var body = new HostileBodies(operation, random).next();
      return request(
          "body: " + body.what(), operation.target(), contentType(), body.bytes(), body.fate());
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> operation.in("path").isEmpty() ? query() : path();
      case 2 -> query();
      case 3 -> header();
      case 4 -> random.nextBoolean() ? method() : head();
      default -> operation.body() == null ? query() : mediaType();
    };
  }

  private HostileRequest path() {
    String name = text.one(operation.in("path")).getName();
    return switch (random.nextInt(6)) {
      case 0 -> valid("path: odd", operation.targetWith(name, text.oddSegment()), Fate.ANYTHING);
      case 1 -> valid("path: garbage", operation.targetWith(name, text.garbage()), Fate.GARBAGE);
      default ->
          valid("path: broken id", operation.targetWith(name, text.brokenId()), Fate.REFUSED);
    };
  }

  private HostileRequest query() {
    List<Parameter> declared = operation.in("query");
    if (declared.isEmpty() || random.nextInt(5) == 0) {
      String odd = text.one(List.of("?", "??", "?&", "?=", "?a", "?a=%00", "?a=%ff", "?\u00ff"));
      // Nobody asked for these parameters, so the request may be served as if they were not there.
      Fate fate = odd.equals("?\u00ff") ? Fate.TOLERATED : Fate.ANYTHING;
      return valid("query: " + odd, operation.target() + odd, fate);
    }
    Parameter one = text.one(declared);
    List<String> wrong = wrong(one.getSchema());
    if (wrong.isEmpty()) {
      String value = HostileText.encoded(text.noise(random.nextInt(60)));
      return valid(
          "query: noise", operation.target() + "?" + one.getName() + "=" + value, Fate.ANYTHING);
    }
    String target = operation.target() + "?" + one.getName() + "=" + text.one(wrong);
    return valid("query: wrong value", target, Fate.REFUSED);
  }

  /** Values that a schema forbids; none if it forbids nothing that is known here. */
  private static List<String> wrong(Schema<?> schema) {
    List<String> wrong = new ArrayList<>();
    String type = String.valueOf(schema.getType());
    if (type.equals("integer")) {
      wrong.addAll(
          List.of("", "x", "1.5", "1e1", "%2B1", "%201", "0x1", "NaN", "%D9%A1", "9".repeat(40)));
      if (schema.getMinimum() != null) {
        wrong.add(schema.getMinimum().subtract(BigDecimal.ONE).toPlainString());
      }
      if (schema.getMaximum() != null) {
        wrong.add(schema.getMaximum().add(BigDecimal.ONE).toPlainString());
      }
    }
    if (type.equals("boolean") || schema.getEnum() != null) {
      wrong.addAll(List.of("", "TRUE", "1", "yes", "true%00", "%20true"));
    }
    if (schema.getPattern() != null) {
      wrong.add("%00%F0%9F%98%80");
    }
    if (schema.getMaxLength() != null) {
      wrong.add("x".repeat(schema.getMaxLength() + 1));
    }
    return wrong;
  }

  private HostileRequest header() {
    List<Parameter> declared = operation.in("header");
    if (!declared.isEmpty() && random.nextBoolean()) {
      String value =
          text.one(List.of("", "%zz", "\"", "\u00ff", "a,b", "x".repeat(4_000), "\u0001"));
      String line = text.one(declared).getName() + ": " + value;
      return with(
          "header: declared",
          List.of(line),
          line.contains("\u0001") ? Fate.GARBAGE : Fate.ANYTHING);
    }
    String line =
        text.one(
            List.of(
                "Accept: text/html",
                "Accept: ,;=",
                "Accept: application/xml;q=0",
                "Accept-Encoding: \u00ff",
                "X-Request-Id: %0d%0a\u00ff",
                "X-Request-Id: " + "x".repeat(1_000),
                "X-Change-Reason: %zz",
                "X-Change-Reason: \u00ff",
                "X-Change-Reason: " + "%ED%94%8C".repeat(501),
                "Idempotency-Key: \u00ff",
                "If-Match: ,",
                "If-None-Match: *",
                "Range: bytes=0-0",
                "Expect: something",
                "X-HTTP-Method-Override: DELETE",
                "Cookie: " + "a=b;".repeat(900),
                "Authorization: Bearer \u00ff",
                "Upgrade: h2c",
                "Forwarded: for=\"[::1\"",
                "X-Forwarded-For: 1.2.3.4"));
    return with("header: " + line.replaceFirst(":.*", ""), List.of(line), Fate.ANYTHING);
  }

  /** Heads that are hardly HTTP, or not at all. */
  private HostileRequest head() {
    boolean tolerable = random.nextInt(3) == 0;
    String line = text.one(tolerable ? TOLERABLE : INTOLERABLE);
    return with(
        "head: " + (line.length() > 60 ? "huge" : line.replace("\r\n", " | ")),
        List.of(line),
        tolerable ? Fate.TOLERATED : Fate.GARBAGE);
  }

  private HostileRequest method() {
    List<String> others =
        METHODS.stream().filter(each -> !operation.methods().contains(each)).toList();
    String method = text.one(others);
    return new HostileRequest(
        operation, "method: " + method, method, operation.target(), List.of(), null, Fate.UNROUTED);
  }

  private HostileRequest mediaType() {
    String type =
        text.one(
            List.of(
                "Content-Type: text/plain",
                "Content-Type: application/xml",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: application/jsonx",
                "Content-Type: application/octet-stream",
                "Content-Type: */*",
                "Content-Type: application/json-seq",
                "Content-Type: json",
                "Content-Type:",
                "Content-Type: ;",
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: application/json; charset=utf-16"));
    boolean json = type.contains("application/json;") || type.endsWith(":") || type.contains("*");
    return request(
        "media type: " + type.substring(13).strip(),
        operation.target(),
        List.of(type),
        operation.bodyExample().getBytes(UTF_8),
        json ? Fate.ANYTHING : Fate.REFUSED);
  }

  private HostileRequest valid(String what, String target, Fate fate) {
    return request(what, target, contentType(), validBody(), fate);
  }

  private HostileRequest with(String what, List<String> lines, Fate fate) {
    List<String> all = new ArrayList<>(contentType());
    all.addAll(lines);
    return request(what, operation.target(), all, validBody(), fate);
  }

  private HostileRequest request(
      String what, String target, List<String> headers, byte[] body, Fate fate) {
    return new HostileRequest(operation, what, operation.method(), target, headers, body, fate);
  }

  private byte[] validBody() {
    return operation.body() == null ? null : operation.bodyExample().getBytes(UTF_8);
  }

  private List<String> contentType() {
    return operation.body() == null ? List.of() : List.of("Content-Type: " + operation.mediaType());
  }
}
