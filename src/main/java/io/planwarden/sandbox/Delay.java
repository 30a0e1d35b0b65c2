package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The answer is late; the effect comes before the delay or after it. */
record Delay(Duration delay, boolean effectLate) implements Fault {

  static final List<String> PARAMETERS = List.of("delayMs", "effect");

  static Delay parse(Body body) {
    return new Delay(
        Duration.ofMillis(body.number("delayMs", 0, 600_000, 5_000)),
        "late".equals(body.choice("effect", Set.of("now", "late"))));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    if (effectLate) {
      return pause.of(delay).map(over -> errand.perform());
    }
    Reply reply = errand.perform();
    return pause.of(delay).map(over -> reply);
  }
}
