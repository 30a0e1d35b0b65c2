package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.change.Course.Finding;
import io.planwarden.gateway.Call;
import io.planwarden.replica.Leases;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changes of ours did to their targets, whenever that was seen, kept for the changes after
 * them: NCP's reads may lag behind it, and it is not the work of somebody outside. Nobody else may
 * change the targets meanwhile. Thread-safe.
 */
final class OwnChanges {
  private final RecentChanges recent;
  private final Prospects prospects;
  private final Elsewhere elsewhere;
  private final Leases leases;
  private final Clock clock;

  OwnChanges(
      RecentChanges recent, Prospects prospects, Elsewhere elsewhere, Leases leases, Clock clock) {
    this.recent = recent;
    this.prospects = prospects;
    this.elsewhere = elsewhere;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * Looks whether a change is in effect that NCP did not say it took. To see what a change of ours
   * ended a moment ago is no proof of it, for that may be an older state.
   */
  Uni<Finding> find(Course course, Image before, Call call) {
    Instant begun = clock.instant();
    return course
        .find(before, call)
        .map(
            finding ->
                finding.inEffect()
                        && !course.isProvedBySight()
                        && prospects.isBehind(course, finding.now(), begun)
                    ? Finding.of(false, finding.now())
                    : finding);
  }

  /** What is locked, and what only the effect gives a name. Relations are not pictured for good. */
  static Leases.Touched touched(Progress progress, @Nullable Image seen) {
    SortedSet<LockKey> keys = new TreeSet<>(progress.course.locks());
    Optional<LockKey> sight = Optional.ofNullable(seen).flatMap(progress.course::sight);
    sight.ifPresent(keys::add);
    return new Leases.Touched(
        LockKey.names(keys),
        sight.filter(key -> !key.isRelation()).map(LockKey::name).orElse(null));
  }

  /**
   * Remembers how a change that was sent has ended just now, as far as it is known.
   *
   * @return what tells the other replicas, to go with the row that says so; null if nothing has to
   */
  @Nullable Rider remember(Progress progress, Image before, Settlement settlement) {
    prospects.remember(progress.course, before, settlement, progress.turn(clock.instant()));
    if (settlement.outcome() == Outcome.REJECTED || settlement.outcome() == Outcome.NOT_APPLIED) {
      return leases.untouched(progress.operationId, touched(progress, before));
    }
    recent.add(progress.course.touches());
    // Of what may come to nothing yet there is no picture.
    Image seen = settlement.outcome().isSettled() ? settlement.after() : null;
    Rider touching = leases.touching(progress.operationId, touched(progress, seen));
    if (touching != null) {
      // What is told to others comes back among what they tell.
      elsewhere.know(progress.operationId);
    }
    return touching;
  }
}
