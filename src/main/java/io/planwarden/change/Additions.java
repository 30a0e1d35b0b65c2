package io.planwarden.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.StageRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
  private final Cache<String, Named> plans;
  private final Cache<Attached, Instant> attached;

  Additions(Clock clock, Duration window) {
    this.clock = clock;
    this.window = window;
    this.plans = forgetting().build();
    this.attached = forgetting().build();
  }

  private Caffeine<Object, Object> forgetting() {
    return Caffeine.newBuilder()
        .expireAfterWrite(window)
        .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
        .maximumSize(MOST)
        .executor(Runnable::run);
  }

  /** What a change has done that ended so. */
  void remember(Course course, Image before, Outcome outcome, Image after, Instant endedAt) {
    if ((outcome != Outcome.APPLIED && outcome != Outcome.ADOPTED) || !isFresh(endedAt)) {
      return;
    }
    switch (course.action()) {
      case CREATE_PLAN, EDIT_PLAN -> name(before, after, endedAt);
      case DELETE_PLAN -> plans.invalidate(plan(course));
      case ATTACH_STAGE -> attached.put(attached(course), endedAt);
      case DETACH_STAGE -> attached.invalidate(attached(course));
      case ASSIGN_PLAN, SET_DEFAULT_LIMITS -> {}
    }
  }

  private void name(Image before, Image after, Instant at) {
    String id = after.text(ID);
    String name = after.text(NAME);
    if (id != null && name != null && !Objects.equals(name, before.text(NAME))) {
      plans.put(id, new Named(name, at));
    }
  }

  /** The ids of plans that got exactly this name. */
  List<String> named(String usagePlanName) {
    return plans.asMap().entrySet().stream()
        .filter(plan -> plan.getValue().usagePlanName().equals(usagePlanName))
        .filter(plan -> isFresh(plan.getValue().at()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The stages that the plan was attached to. */
  List<StageRef> stagesOf(String usagePlanId) {
    return attached.asMap().entrySet().stream()
        .filter(each -> each.getKey().usagePlanId().equals(usagePlanId))
        .filter(each -> isFresh(each.getValue()))
        .map(each -> each.getKey().stage())
        .toList();
  }

  private boolean isFresh(Instant at) {
    return at.isAfter(clock.instant().minus(window));
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
