package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rules for faults; the first that matches a request and fires wins. */
record Rules(List<Rule> rules) {

  static final Rules NONE = new Rules(List.of());

  static Rules parse(Body body) {
    body.allowOnly(List.of("rules"));
    return new Rules(body.objects("rules").stream().map(Rule::parse).toList());
  }

  @Nullable Rule firing(Errand errand, RandomGenerator random) {
    for (Rule rule : rules) {
      if (rule.fires(errand, random)) {
        return rule;
      }
    }
    return null;
  }

  /** How far back reads may be made to look. */
  Duration reach() {
    return rules.stream()
        .map(rule -> rule.fault().reach())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  JsonObject toJson() {
    return Wire.object("rules", Wire.array(rules, Rule::toJson));
  }
}
