package io.planwarden.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UsagePlan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What changes of ours added within the staleness window to what NCP lists: plans under their
 * names, and stages of plans. Thread-safe.
 */
final class Additions {
  private record Attached(String usagePlanId, StageRef stage) {}

  private final Cache<String, Image> plans;
  private final Cache<Attached, Boolean> attached;

  Additions(Clock clock, Duration window) {
    this.plans = forgetting(clock, window).build();
    this.attached = forgetting(clock, window).build();
  }

  private static Caffeine<Object, Object> forgetting(Clock clock, Duration window) {
    return Caffeine.newBuilder()
        .expireAfterWrite(window)
        .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
        .executor(Runnable::run);
  }

  /** What a change has done that has ended so. */
  void remember(Course course, Outcome outcome, Image after) {
    if (outcome != Outcome.APPLIED && outcome != Outcome.ADOPTED) {
      return;
    }
    switch (course.action()) {
      case CREATE_PLAN, EDIT_PLAN -> {
        String usagePlanId = after.text("usagePlanId");
        if (usagePlanId != null) {
          plans.put(usagePlanId, after);
        }
      }
      case DELETE_PLAN -> plans.invalidate(plan(course));
      case ATTACH_STAGE -> attached.put(attached(course), true);
      case DETACH_STAGE -> attached.invalidate(attached(course));
      case ASSIGN_PLAN, SET_DEFAULT_LIMITS -> {}
    }
  }

  /** The plans that got exactly this name. */
  List<UsagePlan> named(String usagePlanName) {
    return plans.asMap().values().stream()
        .filter(plan -> usagePlanName.equals(plan.text("usagePlanName")))
        .map(Image::plan)
        .toList();
  }

  /** The stages that the plan was attached to. */
  List<StageRef> stagesOf(String usagePlanId) {
    return attached.asMap().keySet().stream()
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
    return id(course.target(), "usagePlanId");
  }

  private static String id(Map<String, Object> target, String name) {
    return String.valueOf(target.get(name));
  }
}
