package io.planwarden.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The requests of a load, by their number: each of another plan, until all plans had their turn.
 * Two edits of a plan that follow each other differ.
 *
 * @param method {@code GET} or {@code PUT}
 * @param direct whether it goes to the stub itself, and so has to be signed
 * @param known an entity tag that the caller has, empty if it has none
 * @param first the number of the first plan
 * @param plans how many plans there are
 */
record Traffic(String method, boolean direct, String known, long first, long plans) {
  static final String TOKEN = "pw_bench_00000000000000000000000000000000";

  private static final byte[][] SETTINGS = {bytes(body(0)), bytes(body(1))};

  /** The body of an edit; there are two. */
  static Buffer settings(int which) {
    return Buffer.buffer(SETTINGS[which]);
  }

  private static String body(int which) {
    return "{\"usagePlanName\":\"Benchmark plan\",\"usagePlanDescription\":\"under load\","
        + "\"rateRps\":1%d,\"dayQuotaRequest\":1000,\"monthQuotaRequest\":10000,".formatted(which)
        + "\"quotaCondition\":\"2xx\"}";
  }

  /** The id of a plan; all are of the same length. */
  static String plan(long number) {
    return "p" + Long.toString(1_000_000_000L + number).substring(1);
  }

  ByteBuffer request(long number) {
    StringBuilder head = new StringBuilder(320);
    String target = (direct ? "/api" : "") + "/v1/usage-plans/" + plan(first + number % plans);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    if (direct) {
      String now = Long.toString(System.currentTimeMillis());
      line(head, Signature.TIMESTAMP, now);
      line(head, Signature.ACCESS_KEY, Signature.KEY);
      line(head, Signature.SIGNATURE, Signature.of(method, target, now));
    } else {
      line(head, "Authorization", "Bearer " + TOKEN);
    }
    if (!known.isEmpty()) {
      line(head, "If-None-Match", known);
    }
    if (method.equals("GET")) {
      return ByteBuffer.wrap(bytes(head.append("\r\n").toString()));
    }
    byte[] body = SETTINGS[(int) (number / plans % 2)];
    line(head, "Content-Type", "application/json");
    line(head, "Content-Length", Integer.toString(body.length));
    byte[] before = bytes(head.append("\r\n").toString());
    return ByteBuffer.allocate(before.length + body.length).put(before).put(body).flip();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
