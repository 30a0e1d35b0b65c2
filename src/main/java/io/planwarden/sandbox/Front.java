package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Turns HTTP into requests and hands the replies to the line they came by. */
record Front(World world, Passage passage, Control control, InstantSource clock) {

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static Front of(SandboxSettings settings, Pause pause) {
    Signature keyPair = new Signature(settings.accessKey(), settings.secretKey());
    World world = new World(new Credentials(List.of(keyPair)));
    Interference interference = new Misbehaviour(world, settings.random(), pause);
    Passage passage =
        new Passage(world, new Ids(settings.random()), settings.clock(), interference);
    return new Front(world, passage, new Control(world), settings.clock());
  }

  void handle(HttpServerRequest http) {
    Instant at = clock.instant();
    if (!Loopback.is(http.remoteAddress().hostAddress())) {
      send(http, new Reply.Empty(403));
      return;
    }
    // Counted here, as the body of one request may be complete before that of an earlier one.
    boolean forControl = http.uri().startsWith(Control.PREFIX);
    int inLastSecond = forControl ? 0 : world.calls().arrived(System.nanoTime());
    http.body()
        .map(body -> request(http, at, body, inLastSecond))
        .compose(
            request ->
                forControl
                    ? Future.succeededFuture(control.answer(request))
                    : passage.pass(request))
        .onSuccess(reply -> send(http, reply))
        .onFailure(failure -> http.connection().close());
  }

  private static Request request(
      HttpServerRequest http, Instant at, Buffer body, int inLastSecond) {
    return new Request(at, http.method().name(), http.uri(), http.headers(), body, inLastSecond);
  }

  private void send(HttpServerRequest http, Reply reply) {
    new Line(http, HTTP_DATE.format(clock.instant().plus(world.skew()))).send(reply);
  }
}
