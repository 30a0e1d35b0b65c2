package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SentAheadTest {
  // More than the system takes of what nobody has read yet.
  private static final int BYTES = 16 << 20;
  private static final int PAGES = 2;
  private static final Buffer PAGE = Buffer.buffer(new byte[BYTES]);

  /** An answer that fills the connection, and one in pages that each do. */
  @Singleton
  static class LargeAnswers {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger passedOn = new AtomicInteger();

    void register(@Observes Router router) {
      router.route("/probe/large").order(-1_000).handler(http -> http.response().end(PAGE));
      router
          .route("/probe/pages")
          .order(-1_000)
          .handler(
              http -> {
                begun.incrementAndGet();
                http.response().putHeader("Content-Length", String.valueOf(PAGES * BYTES));
                write(http, PAGES);
              });
      router.route("/probe/pages").order(-999).handler(http -> passedOn.incrementAndGet());
    }

    /** Each page is made when the one before is on its way, as by a read of the store. */
    private static void write(RoutingContext http, int pages) {
      if (pages == 0) {
        http.response().end();
        return;
      }
      http.response()
          .write(PAGE)
          .onSuccess(written -> http.vertx().runOnContext(later -> write(http, pages - 1)));
    }
  }

  @TestHTTPResource URI here;
  @Inject LargeAnswers answers;

  @Test
  void answerInPagesBehindALargeOne_isBegunOnce() throws IOException {
    String head = " HTTP/1.1\nHost: localhost\n\n";
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send("GET /probe/large" + head + "GET /probe/pages" + head);

      assertThat(http.read().body()).hasSize(BYTES);
      assertThat(http.read().body()).hasSize(PAGES * BYTES);
    }
    assertThat(answers.begun).hasValue(1);
    assertThat(answers.passedOn).hasValue(0);
  }
}
