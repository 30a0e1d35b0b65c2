package io.planwarden.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.ncp.KeyEvents;
import io.planwarden.ncp.KeyRing;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Logs and counts what becomes of NCP's key pairs. */
@Singleton
final class KeyWatch implements KeyEvents {
  private static final Logger LOG = Logger.getLogger(KeyWatch.class);
  private static final String TAKEN = "planwarden.upstream.credentials.taken";
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final MeterRegistry meters;
  private final Clock clock;
  private Instant lastLine = Instant.MIN;

  KeyWatch(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
    for (KeyRing.Which which : KeyRing.Which.values()) {
      // There from the start, so that the first time is seen as an increase.
      unreadable(meters, which);
      meters.counter(TAKEN, "pair", word(which));
    }
  }

  @Override
  public void taken(KeyRing.Which which) {
    meters.counter(TAKEN, "pair", word(which)).increment();
    if (isLineDue()) {
      LOG.infof("NCP key pair taken into use pair=%s", word(which));
    }
  }

  @Override
  public void unreadable(KeyRing.Which which, String reason) {
    unreadable(meters, which).increment();
    LOG.warnf(
        "NCP key pair cannot be read, the last good one stays pair=%s reason=%s",
        word(which), reason);
  }

  private static Counter unreadable(MeterRegistry meters, KeyRing.Which which) {
    return meters.counter("planwarden.upstream.credentials.unreadable", "pair", word(which));
  }

  static String word(KeyRing.Which which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  /** Where both pairs are refused, each call takes the other one. */
  private synchronized boolean isLineDue() {
    Instant now = clock.instant();
    boolean due = lastLine.equals(Instant.MIN) || !now.isBefore(lastLine.plus(BETWEEN_LINES));
    lastLine = due ? now : lastLine;
    return due;
  }
}
