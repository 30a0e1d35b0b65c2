package io.planwarden.change;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.replica.Leases.Touch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * What other processes did, learned from the audit: other replicas before a target is looked at,
 * the one before this at the start. It is ours, not the work of somebody outside, and what NCP
 * shows may not be up to it yet. Thread-safe; does not block.
 */
final class Elsewhere {
  private static final Logger LOG = Logger.getLogger(Elsewhere.class);
  private static final int MOST = 20_000;

  private final Listings listings;
  private final Prospects prospects;
  private final RecentChanges recent;
  private final Duration window;
  private final Clock clock;
  private final Set<String> known =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  /**
   * @param window for how long reads may lag behind a change
   */
  Elsewhere(
      Listings listings, Prospects prospects, RecentChanges recent, Duration window, Clock clock) {
    this.listings = listings;
    this.prospects = prospects;
    this.recent = recent;
    this.window = window;
    this.clock = clock;
  }

  /** This replica's own operation has changed its target. */
  void know(String operationId) {
    known.add(operationId);
  }

  /** Learns what is not known yet. The locks of the targets must be held. */
  Uni<Void> learn(SortedSet<LockKey> targets, List<Touch> touches) {
    List<Touch> news =
        touches.stream().filter(touch -> !known.contains(touch.operationId())).toList();
    return news.isEmpty()
        ? Uni.createFrom().voidItem()
        : Multi.createFrom()
            .iterable(news)
            .onItem()
            .transformToUniAndConcatenate(
                touch ->
                    listings
                        .recorded()
                        .rows(touch.operationId())
                        .invoke(rows -> learn(targets, touch, rows)))
            .collect()
            .last()
            .replaceWithVoid();
  }

  /** Learns what an operation did, of which this row says that it took effect. */
  void learn(AuditRow effect) {
    Duration age = Duration.between(Objects.requireNonNull(effect.at()), clock.instant());
    learn(
        new TreeSet<>(),
        // A clock that was put back must not make it last.
        new Touch(effect.operationId(), age.isNegative() ? Duration.ZERO : age),
        List.of(effect));
  }

  private void learn(SortedSet<LockKey> targets, Touch touch, List<AuditRow> rows) {
    boolean isRecent = touch.age().compareTo(window) < 0;
    if (rows.isEmpty()) {
      // They are archived, or somebody made one of them into none.
      doubt(targets, touch, isRecent);
      return;
    }
    try {
      Course course = Courses.of(StoredChange.wish(rows.get(0)), listings, Options.NONE);
      if (isRecent) {
        // It is not learned again by whoever is about to change the others of its targets.
        recent.add(course.touches());
      }
      learn(course, touch, rows);
    } catch (RuntimeException e) {
      LOG.warnf(e, "operation=%s cannot be made out, and is not learned from", touch.operationId());
      doubt(targets, touch, isRecent);
    }
  }

  /** What else it changed is not known, so whoever is about to change that learns of it anew. */
  private void doubt(SortedSet<LockKey> targets, Touch touch, boolean isRecent) {
    prospects.lose(targets, clock.instant().minus(touch.age()));
    if (isRecent) {
      recent.add(targets);
    } else {
      known.add(touch.operationId());
    }
  }

  private void learn(Course course, Touch touch, List<AuditRow> rows) {
    AuditRow last = AuditRow.lastWord(rows);
    Outcome outcome = Objects.requireNonNullElse(last.outcome(), Outcome.UNKNOWN);
    prospects.remember(
        course,
        Image.before(rows.get(0)),
        new Settlement(
            outcome, outcome.isSettled() ? Image.after(last) : null, Sent.NOTHING.upstream(), null),
        new Turn(Objects.requireNonNull(rows.get(0).seq()), clock.instant().minus(touch.age())));
    if (outcome.isSettled()) {
      known.add(touch.operationId());
    }
  }
}
