package io.planwarden.ncp;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the two places, and the last good pair that it had. Not thread-safe, but for {@link
 * #isReadable}.
 *
 * <p>Two files that do not move together may be looked at between the writing of one and of the
 * other. So what they have is taken only after it has stood for a while, and a pair of which one
 * half alone is new only while the pair that is held is refused: NCP makes both halves together.
 */
final class KeySlot {
  /** How long two files that are written one after the other must have stood. */
  static final Duration REST = Duration.ofSeconds(5);

  private final KeyRing.Which which;
  private final KeyPlace place;
  private final KeyEvents events;
  private KeyReading held;
  private @Nullable KeyReading candidate;
  private Instant candidateSince = Instant.MIN;
  private volatile @Nullable String fault;
  private boolean refused;

  /**
   * @throws KeyFileFault if there is no pair to begin with
   */
  KeySlot(KeyRing.Which which, KeyPlace place, Instant now, KeyEvents events) {
    this.which = which;
    this.place = place;
    this.events = events;
    this.held =
        place instanceof KeyPlace.Files files
            ? KeyReading.of(files)
            : new KeyReading(((KeyPlace.Given) place).credentials(), null, now);
  }

  KeyReading held() {
    return held;
  }

  /** Whether the place had a pair when it was looked at last. */
  boolean isReadable() {
    return fault == null;
  }

  /** Whether the pair that is held counts as one that NCP does not accept. */
  void refused(boolean refused) {
    this.refused = refused;
  }

  /**
   * Looks at the place again.
   *
   * @return whether another pair is held now
   */
  boolean look(Instant now) {
    if (!(place instanceof KeyPlace.Files files)) {
      return false;
    }
    KeyReading found;
    try {
      found = KeyReading.of(files);
    } catch (KeyFileFault e) {
      unreadable(String.valueOf(e.getMessage()));
      return false;
    }
    fault = null;
    boolean take = !found.credentials().equals(held.credentials()) && mayTake(found, now);
    if (take || found.credentials().equals(held.credentials())) {
      held = found;
      candidate = null;
      refused &= !take;
    }
    return take;
  }

  private boolean mayTake(KeyReading found, Instant now) {
    if (found.isMovedFrom(held)) {
      return true;
    }
    if (candidate == null || !candidate.credentials().equals(found.credentials())) {
      candidate = found;
      candidateSince = now;
    }
    boolean rested = !now.isBefore(candidateSince.plus(REST));
    return rested && (refused || !found.credentials().sharesAHalfWith(held.credentials()));
  }

  /** Told once for each reason, not at each look. */
  private void unreadable(String reason) {
    if (!reason.equals(fault)) {
      fault = reason;
      events.unreadable(which, reason);
    }
  }
}
