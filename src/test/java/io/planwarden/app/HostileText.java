package io.planwarden.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Random;

/** Text that is not what it seems, or nothing at all. */
record HostileText(Random random) {
  /** Not one of these, percent-encoded as they are, is an id or can be decoded into one. */
  private static final List<String> BROKEN_IDS =
      List.of(
          "planopen012",
          "plan-open1",
          "plan_open1",
          "plan%20open",
          "planopen01%20",
          "%20",
          "%00",
          "planopen01%00",
          "%0d%0aSet-Cookie:x",
          "%ED%94%8C%EB%9E%9C",
          "%EF%BC%90%EF%BC%91",
          "%D9%A1%D9%A2%D9%A3",
          "%ff",
          "%c0%ae%c0%ae",
          "%ed%a0%80",
          "%E2%80%AEplan",
          "%2e%2e%2fstages",
          "a%2Fb",
          "a%5Cb",
          "%252e%252e",
          "%3Fa",
          "%23a",
          "%22",
          "%27%20or%201=1",
          "%3Cscript%3E",
          "$%7B7*7%7D",
          "*",
          ",",
          "::",
          ":::",
          "a:b",
          "a:b:",
          ":b:c",
          "weather001:forecast01",
          "weather001:forecast01:wfcstprod1:x",
          "weather001:forecast01:wfcstprod12",
          "weather001:..:wfcstprod1",
          "%00:%00:%00");

  private static final List<String> ODD_SEGMENTS =
      List.of("", ".", "..", "%2e%2e", "a/b", "/", ";x=y", "planopen01;x=y", "null", "search");

  private static final List<String> GARBAGE =
      List.of(
          "%", "%zz", "%2", "a b", "\u00ff", "<>", "{id}", "a|b", "\"", "\\", "^", "`", "\u0000");

  private static final int[] DECEPTIVE = {
    0, 1, 7, 8, 9, 0xA, 0xD, 0x1B, 0x7F, 0x80, 0x85, 0x9F, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029,
    0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF
  };

  String brokenId() {
    return switch (random.nextInt(4)) {
      case 0 -> "x".repeat(11 + random.nextInt(3_000));
      case 1 -> encoded("!" + noise(1 + random.nextInt(30)));
      default -> one(BROKEN_IDS);
    };
  }

  String oddSegment() {
    return one(ODD_SEGMENTS);
  }

  String garbage() {
    return one(GARBAGE);
  }

  /** Any characters; what cannot be encoded becomes a question mark. */
  String noise(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int limit = new int[] {0x80, 0x100, 0x3000, 0x11_0000}[random.nextInt(4)];
      text.appendCodePoint(random.nextInt(limit));
    }
    return text.toString();
  }

  /** A JSON string with a character that nobody sees for what it is. */
  String deceptive() {
    int c = DECEPTIVE[random.nextInt(DECEPTIVE.length)];
    return "\"a\\u%04xb\"".formatted(c);
  }

  /** A JSON string that is no UTF-8, or has a control character as it is. */
  byte[] undecodable() {
    List<String> middles =
        List.of(
            "\u00ff",
            "\u00c3\u0028",
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00e2\u0082",
            "\u0000",
            "\n",
            "\u001b");
    return ("\"a" + one(middles) + "\"").getBytes(ISO_8859_1);
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
