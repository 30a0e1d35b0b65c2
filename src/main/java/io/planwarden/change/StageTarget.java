package io.planwarden.change;

import io.planwarden.gateway.Missing;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.FacadeException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the changes of a stage have in common. */
final class StageTarget {
  private StageTarget() {}

  static Map<String, Object> of(StageRef stage) {
    Map<String, Object> target = new TreeMap<>();
    target.put("productId", stage.productId());
    target.put("apiId", stage.apiId());
    target.put("stageId", stage.stageId());
    return target;
  }

  static Map<String, Object> of(StageRef stage, String member, String id) {
    Map<String, Object> target = of(stage);
    target.put(member, id);
    return target;
  }

  static Optional<FacadeException> objection(StageRef stage, Image before) {
    return before.exists() ? Optional.empty() : Optional.of(Missing.stage(stage.toString()));
  }
}
