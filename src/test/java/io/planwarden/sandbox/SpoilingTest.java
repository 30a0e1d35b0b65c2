package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planwarden.sandbox.RawAnswer.Ending;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpoilingTest {

  private static final JsonObject AJAR = new JsonObject().put("usagePlanName", "Ajar");
  private static final int MIB = 1 << 20;

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void truncated_halfABodyOfRightLength() {
    sandbox.faults("{\"fault\": \"truncated\"}").is(200);

    Answer answer = sandbox.put("/usage-plans/planopen01", AJAR).is(200);

    assertEquals(answer.header("Content-Length"), Integer.toString(answer.text().length()));
    assertThrows(DecodeException.class, answer::json);
    assertEquals("truncated", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void truncatedAnswerWithoutABody_whole() {
    sandbox.faults("{\"fault\": \"truncated\"}").is(200);

    sandbox.delete("/usage-plans/planopen01").is(204);
  }

  @Test
  void gzipBomb_smallOnTheLineAndLargeUnpacked() throws Exception {
    sandbox.faults("{\"fault\": \"gzip-bomb\"}").is(200);

    HttpResponse<byte[]> answer = deleted(BodyHandlers.ofByteArray());

    assertEquals(200, answer.statusCode());
    assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
    assertTrue(answer.body().length < MIB);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertTrue(in.transferTo(OutputStream.nullOutputStream()) > 50 * MIB);
    }
    assertEquals("gzip-bomb", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void endless_goesOnUntilTheCap() {
    sandbox.faults("{\"fault\": \"endless\"}").is(200);

    HttpResponse<InputStream> answer = deleted(BodyHandlers.ofInputStream());

    assertEquals(200, answer.statusCode());
    assertEquals("chunked", answer.headers().firstValue("Transfer-Encoding").orElse(""));
    long received = received(answer.body());
    assertTrue(received > 10 * MIB && received <= 64 * MIB, "received " + received);
    assertEquals("endless", sandbox.onlyRow().getString("fault"));
  }

  @Test
  void endlessWithPauses_callerMayLeave() {
    sandbox.faults("{\"fault\": \"endless\", \"delayMs\": 60000, \"times\": 1}").is(200);

    RawAnswer answer = sandbox.raw("DELETE", "/usage-plans/planopen01", "");

    assertEquals(Ending.STILL_OPEN, answer.ending());
    assertTrue(answer.body().contains("{\"endless\":"), answer.text());
    sandbox.get("/usage-plans/planopen01").is(404);
  }

  @Test
  void redirect_toTheSamePlaceWithoutEffect() {
    sandbox.faults("{\"fault\": \"redirect\"}").is(200);

    Answer answer = sandbox.put("/usage-plans/planopen01", AJAR).is(307);

    assertEquals("/api/v1/usage-plans/planopen01", answer.header("Location"));
    assertEquals(0, sandbox.ledger().size());
    assertEquals("redirect", sandbox.lastCall().getString("fault"));
  }

  @Test
  void redirectWithStatus_thatStatus() {
    sandbox.faults("{\"fault\": \"redirect\", \"status\": 302}").is(200);

    Answer answer = sandbox.get("/usage-plans?stageId=wfcstprod1").is(302);

    assertEquals("/api/v1/usage-plans?stageId=wfcstprod1", answer.header("Location"));
  }

  private <T> HttpResponse<T> deleted(HttpResponse.BodyHandler<T> handler) {
    return sandbox.exchange("DELETE", "/usage-plans/planopen01", handler);
  }

  /** Reads until the connection breaks, which is how an endless body has to end. */
  private static long received(InputStream body) {
    long[] count = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            count[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            count[0] += length;
          }
        };
    assertThrows(IOException.class, () -> body.transferTo(counting));
    return count[0];
  }
}
