package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Turns HTTP into requests and replies into HTTP; nothing else knows about connections. */
record Front(Passage passage, Control control, InstantSource clock) {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static Front of(SandboxSettings settings) {
    World world = new World();
    Passage passage =
        new Passage(
            world,
            new Signature(settings.accessKey(), settings.secretKey()),
            new Ids(settings.random()),
            settings.clock(),
            Interference.NONE);
    return new Front(passage, new Control(world), settings.clock());
  }

  void handle(HttpServerRequest http) {
    Instant at = clock.instant();
    if (!Loopback.is(http.remoteAddress().hostAddress())) {
      send(http.response(), new Reply.Empty(403));
      return;
    }
    http.body()
        .map(body -> new Request(at, http.method().name(), http.uri(), http.headers(), body))
        .compose(this::answer)
        .onSuccess(reply -> send(http.response(), reply))
        .onFailure(failure -> http.connection().close());
  }

  private Future<Reply> answer(Request request) {
    return request.path().startsWith(Control.PREFIX)
        ? Future.succeededFuture(control.answer(request))
        : passage.pass(request);
  }

  private void send(HttpServerResponse response, Reply reply) {
    response
        .setStatusCode(reply.status())
        .putHeader("Date", HTTP_DATE.format(clock.instant()))
        .putHeader("Planwarden-Sandbox", "true");
    if (reply instanceof Reply.Json json) {
      response
          .putHeader("Content-Type", "application/json;charset=UTF-8")
          .end(json.body().toBuffer());
    } else {
      response.end();
    }
  }
}
