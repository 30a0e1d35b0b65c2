package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** When a fault happens, and how often it has. */
final class Rule {

  private static final List<String> MEMBERS =
      List.of("fault", "match", "probability", "times", "after");

  private final FaultKind kind;
  private final Fault fault;
  private final Body given;
  private final Match match;
  private final double probability;
  private final long times;
  private final long after;
  private long matched;
  private long fired;

  private Rule(FaultKind kind, Body given) {
    this.kind = kind;
    this.given = given;
    fault = kind.make().apply(given);
    match = Match.parse(given);
    probability = given.decimal("probability", 0, 1, 1);
    times = given.number("times", 1, Long.MAX_VALUE, Long.MAX_VALUE);
    after = given.number("after", 0, Long.MAX_VALUE, 0);
  }

  static Rule parse(Body given) {
    FaultKind kind = FaultKind.named(given.requiredText("fault", 0, 100));
    given.allowOnly(Stream.concat(MEMBERS.stream(), kind.parameters().stream()).toList());
    return new Rule(kind, given);
  }

  String faultName() {
    return kind.name();
  }

  Fault fault() {
    return fault;
  }

  /** Whether the fault happens to this request, which is counted either way. */
  boolean fires(Errand errand, RandomGenerator random) {
    if (!match.covers(errand) || !fault.concerns(errand)) {
      return false;
    }
    matched++;
    if (matched <= after || fired >= times) {
      return false;
    }
    // Certain faults draw nothing, so that they leave the ids of a seeded source as they are.
    if (probability < 1 && random.nextDouble() >= probability) {
      return false;
    }
    fired++;
    return true;
  }

  /** As given, with the counts. */
  JsonObject toJson() {
    return given.json().copy().put("matched", matched).put("fired", fired);
  }
}
