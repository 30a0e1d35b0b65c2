package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The faults in which the answer comes after the effect with a body that is no good. */
final class Spoiling {

  private static final int BOMB_MIB = 64;

  private Spoiling() {}

  static Future<Reply> truncated(Errand errand, Pause pause) {
    Reply.Content whole = errand.perform().content();
    Buffer half = whole.body().getBuffer(0, whole.body().length() / 2);
    return Future.succeededFuture(new Reply.Content(whole.status(), whole.headers(), half));
  }

  static Future<Reply> gzipBomb(Errand errand, Pause pause) {
    return Future.succeededFuture(
        new Reply.Content(
            withBody(errand.perform().status()),
            Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
            Bomb.BODY));
  }

  /** The status for an answer that now has a body though it may have been one without. */
  static int withBody(int status) {
    return status == 204 ? 200 : status;
  }

  /** A JSON string, made when it is wanted for the first time. */
  private static final class Bomb {

    static final Buffer BODY = body();

    private static Buffer body() {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        byte[] mebibyte = "x".repeat(1 << 20).getBytes(US_ASCII);
        out.write("{\"bomb\":\"".getBytes(US_ASCII));
        for (int i = 0; i < BOMB_MIB; i++) {
          out.write(mebibyte);
        }
        out.write("\"}".getBytes(US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Buffer.buffer(packed.toByteArray());
    }
  }
}
