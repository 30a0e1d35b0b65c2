package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.util.random.RandomGenerator;

/** Does to requests what the rules say. */
record Misbehaviour(World world, RandomGenerator random, Pause pause) implements Interference {

  @Override
  public Future<Reply> around(Errand errand) {
    Rule rule = world.rules().firing(errand, random);
    if (rule == null) {
      return Interference.NONE.around(errand);
    }
    errand.blame(rule.faultName());
    return rule.fault().strike(errand, pause);
  }
}
