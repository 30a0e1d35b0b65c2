package io.planwarden.ncp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key pairs that Planwarden has for NCP: the main one and, if there is one, the fallback. One
 * of them is in use. Files are looked at again by {@link #look}, which somebody has to call every
 * few seconds: a directory of links is seen alike on every file system that way, while notices of
 * changes depend on the kernel, the file system and the kind of mount. Thread-safe.
 */
public final class KeyRing {
  /** The two pairs. */
  public enum Which {
    MAIN,
    FALLBACK
  }

  /** Both halves of a pair are exchanged together, because they are one value. */
  private record InUse(int number, Which which, KeyReading reading) {}

  private final InstantSource clock;
  private final KeyEvents events;
  private final KeySlot main;
  private final @Nullable KeySlot fallback;
  private volatile InUse inUse;

  /**
   * Reads both pairs and uses the main one; blocks.
   *
   * @param clock what files are given time to come to rest by
   * @throws KeyFileFault if either cannot be had
   */
  public KeyRing(
      KeyPlace main, Optional<KeyPlace> fallback, InstantSource clock, KeyEvents events) {
    this.clock = clock;
    this.events = events;
    Instant now = clock.instant();
    this.main = new KeySlot(Which.MAIN, main, now, events);
    this.fallback =
        fallback.map(place -> new KeySlot(Which.FALLBACK, place, now, events)).orElse(null);
    this.inUse = new InUse(0, Which.MAIN, this.main.held());
  }

  /** The pair to sign with now. Does not block. */
  public Credentials credentials() {
    return inUse.reading().credentials();
  }

  /** The number of the pair in use, another one for each. Does not block. */
  public int number() {
    return inUse.number();
  }

  /** Which pair is in use. */
  public Which which() {
    return inUse.which();
  }

  /**
   * Whether a pair could be read when it was looked at last; true of one that there is not. Does
   * not block.
   */
  public boolean isReadable(Which which) {
    KeySlot slot = which == Which.MAIN ? main : fallback;
    return slot == null || slot.isReadable();
  }

  /** How long ago the pair in use was written to its files, or given. */
  public Duration age() {
    Duration age = Duration.between(inUse.reading().writtenAt(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Looks whether the files have other pairs, and uses them; blocks. */
  public synchronized void look() {
    Instant now = clock.instant();
    boolean anotherFallback = fallback != null && fallback.look(now);
    // A new main pair is what the operator wants to be used, whichever was in use before.
    if (main.look(now)) {
      use(Which.MAIN, main);
    } else if (anotherFallback && fallback != null && inUse.which() == Which.FALLBACK) {
      use(Which.FALLBACK, fallback);
    }
  }

  /**
   * NCP refused the pair of this number: uses what the files have now or, if that is nothing new,
   * the other of the two pairs; blocks.
   *
   * @return whether another pair than that of the number is in use now
   */
  public synchronized boolean replace(int refused) {
    if (inUse.number() != refused) {
      return true;
    }
    KeySlot using = inUse.which() == Which.MAIN || fallback == null ? main : fallback;
    using.refused(true);
    look();
    if (inUse.number() == refused && fallback != null) {
      Which other = using == main ? Which.FALLBACK : Which.MAIN;
      KeySlot slot = using == main ? fallback : main;
      if (!slot.held().credentials().equals(credentials())) {
        use(other, slot);
      }
    }
    if (inUse.number() == refused) {
      // One refusal may pass. If this one does not, the next call says so again.
      using.refused(false);
    }
    return inUse.number() != refused;
  }

  private void use(Which which, KeySlot slot) {
    slot.refused(false);
    inUse = new InUse(inUse.number() + 1, which, slot.held());
    events.taken(which);
  }
}
