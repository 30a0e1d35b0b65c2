package io.planwarden.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.StageRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What changes of ours, of whichever replica, added within the staleness window to what NCP lists:
 * plans under new names, and stages of plans; the last 10,000 of each. Thread-safe.
 */
final class Additions {
  private static final int MOST = 10_000;
  private static final String ID = "usagePlanId";
  private static final String NAME = "usagePlanName";

  private record Named(String usagePlanName, Instant at) {}

  private record Attached(String usagePlanId, StageRef stage) {}

  private final Clock clock;
  private final Duration window;
  private final Cache<String, Named> names;
  private final Cache<Attached, Instant> stages;

  Additions(Clock clock, Duration window) {
    this.clock = clock;
    this.window = window;
    this.names = forgetting(Named::at);
    this.stages = forgetting(at -> at);
  }

  /**
   * @param at when what an entry tells of was done
   */
  private <K, V> Cache<K, V> forgetting(Function<V, Instant> at) {
    return Caffeine.newBuilder()
        .expireAfter(Expiry.<K, V>writing((key, entry) -> left(at.apply(entry))))
        .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
        .maximumSize(MOST)
        .executor(Runnable::run)
        .build();
  }

  /** What others did may be long ago when it is learned. */
  private Duration left(Instant at) {
    Duration left = Duration.between(clock.instant(), at.plus(window));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What a change has done that ended so. One of before the window adds nothing any more. */
  void remember(Course course, Image before, Outcome outcome, Image after, Instant endedAt) {
    if (!outcome.tookEffect() || left(endedAt).isZero()) {
      return;
    }
    switch (course.action()) {
      case CREATE_PLAN, EDIT_PLAN -> name(before, after, endedAt);
      case DELETE_PLAN -> names.invalidate(plan(course));
      case ATTACH_STAGE -> stages.put(attached(course), endedAt);
      case DETACH_STAGE -> stages.invalidate(attached(course));
      case ASSIGN_PLAN, SET_DEFAULT_LIMITS -> {}
    }
  }

  private void name(Image before, Image after, Instant at) {
    String id = after.text(ID);
    String name = after.text(NAME);
    if (id != null && name != null && !Objects.equals(name, before.text(NAME))) {
      names.put(id, new Named(name, at));
    }
  }

  /** The ids of plans that got exactly this name. */
  List<String> named(String usagePlanName) {
    return names.asMap().entrySet().stream()
        .filter(plan -> plan.getValue().usagePlanName().equals(usagePlanName))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The stages that the plan was attached to. */
  List<StageRef> stagesOf(String usagePlanId) {
    return stages.asMap().keySet().stream()
        .filter(each -> each.usagePlanId().equals(usagePlanId))
        .map(Attached::stage)
        .toList();
  }

  private static Attached attached(Course course) {
    Map<String, Object> target = course.target();
    return new Attached(
        plan(course),
        new StageRef(id(target, "productId"), id(target, "apiId"), id(target, "stageId")));
  }

  private static String plan(Course course) {
    return id(course.target(), ID);
  }

  private static String id(Map<String, Object> target, String name) {
    return String.valueOf(target.get(name));
  }
}
