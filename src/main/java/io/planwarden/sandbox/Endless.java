package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The answer comes after the effect and does not end. */
record Endless(Duration betweenPieces) implements Fault {

  static final List<String> PARAMETERS = List.of("delayMs");

  static Endless parse(Body body) {
    return new Endless(Duration.ofMillis(body.number("delayMs", 0, 60_000, 0)));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    int status = Spoiling.withBody(errand.perform().status());
    return Future.succeededFuture(new Reply.Endless(status, () -> pause.of(betweenPieces)));
  }
}
