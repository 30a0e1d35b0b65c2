package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Call;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Looks at targets before they are changed, remembers what was seen, and finds what speaks against
 * a change. The locks of the change must be held. Thread-safe; does not block.
 */
final class Prospects {
  private final ChangeConfig config;
  private final Clock clock;
  private final Pause pause;
  private final Sightings sightings;
  private final Additions additions;

  Prospects(ChangeConfig config, Clock clock, Pause pause, Additions additions) {
    this.config = config;
    this.clock = clock;
    this.pause = pause;
    this.additions = additions;
    this.sightings = new Sightings(clock, config.stalenessWindow());
  }

  /** What is found; nothing is looked at where configuration and the change allow that. */
  Uni<Prospect> unlessUnread(Course course, Options options, Call call) {
    return config.beforeRead() || !course.mayGoUnread() || options.ifMatch() != null
        ? of(course, options, call).map(this::remembered)
        : Uni.createFrom().item(Prospect.unread(course));
  }

  /** What a change of ours ended a moment ago is not what the next one changes. */
  private Prospect remembered(Prospect found) {
    if (found.behind()) {
      return found.objection().isEmpty() ? Prospect.unread(found.course()) : found;
    }
    if (found.before().exists()) {
      sightings.see(found.course(), found.before());
    }
    return found;
  }

  /** What is found. */
  Uni<Prospect> of(Course course, Options options, Call call) {
    return look(course, isExact(course, options), call, patience(call), 0)
        .chain(look -> judge(course, look, options, call));
  }

  /** A state that a change of ours has ended must not pass for the one that the caller saw. */
  private static boolean isExact(Course course, Options options) {
    return options.ifMatch() != null || course.mustSeeTheLatest();
  }

  private Instant patience(Call call) {
    Instant patience = clock.instant().plus(config.settleWait());
    return patience.isBefore(call.deadline()) ? patience : call.deadline();
  }

  /**
   * What a look showed.
   *
   * @param behind whether that is a state which a change of ours ended a moment before the look
   */
  private record Look(Image seen, boolean behind) {}

  private Uni<Look> look(Course course, Call call) {
    Instant begun = clock.instant();
    return course.look(call).map(seen -> new Look(seen, isBehind(course, seen, begun)));
  }

  /**
   * Looks until the state is one to go by: the latest if that is asked for; else one that is there,
   * for what a change of ours made a moment ago must not be told to be missing.
   */
  private Uni<Look> look(Course course, boolean exact, Call call, Instant patience, int looks) {
    // The first look is that of every change, and has the change's whole time.
    return look(course, looks == 0 ? call : call.until(patience))
        .onFailure(failure -> looks > 0 && !clock.instant().isBefore(patience))
        .transform(failure -> behind())
        .chain(
            look -> {
              if (!look.behind() || (!exact && look.seen().exists())) {
                return Uni.createFrom().item(look);
              }
              var wait = Pause.beforeLook(looks);
              return clock.instant().plus(wait).isAfter(patience)
                  ? Uni.createFrom().failure(behind())
                  : pause.of(wait).chain(() -> look(course, exact, call, patience, looks + 1));
            });
  }

  /** Whether a look that began then shows a state that a change of ours ended a moment before. */
  boolean isBehind(Course course, Image seen, Instant begun) {
    return sightings.isBehind(course, seen, begun);
  }

  private static FacadeException behind() {
    return new FacadeException(
        ErrorCode.TARGET_BUSY,
        "NCP still shows the target as it was before the last change of it.");
  }

  private Uni<Prospect> judge(Course course, Look look, Options options, Call call) {
    Image before = look.seen();
    List<String> outside = look.behind() ? List.of() : outside(course, before);
    Optional<FacadeException> objection = course.objection(before);
    if (objection.isPresent()) {
      return Uni.createFrom().item(new Prospect(course, before, look.behind(), outside, objection));
    }
    Course seen = course.seeing(before);
    Precondition condition = options.ifMatch();
    Optional<FacadeException> failed =
        condition == null
            ? Optional.empty()
            : condition.objection(before, seen.foresee(before).after());
    return (failed.isPresent() ? Uni.createFrom().item(failed) : seen.guard(before, call))
        .map(found -> new Prospect(seen, before, look.behind(), outside, found));
  }

  /** Nothing is told of relations, see {@link LockKey#isRelation}. */
  private List<String> outside(Course course, Image before) {
    return course.sight(before).filter(LockKey::isRelation).isPresent()
        ? List.of()
        : sightings.changedOutside(course, before);
  }

  /** Remembers what a change left. */
  void remember(Course course, Image before, Settlement settlement, Turn turn) {
    Image after = settlement.after();
    if (after != null) {
      additions.remember(course, before, settlement.outcome(), after, turn.endedAt());
    }
    if (settlement.outcome() == Outcome.REJECTED || settlement.outcome() == Outcome.NOT_APPLIED) {
      return;
    }
    if (settlement.outcome().isSettled() && after != null) {
      sightings.change(course, before, after, turn);
    } else {
      sightings.forget(course, before, turn);
    }
  }

  /** A change that ended then may have made anything of these, from anything. */
  void lose(SortedSet<LockKey> targets, Instant endedAt) {
    targets.forEach(target -> sightings.lose(target, endedAt));
  }
}
