package io.planwarden.resilience;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** What all calls share. */
record Guarding(
    ResilienceConfig config,
    Surroundings surroundings,
    Gate gate,
    Budget budget,
    KeyPair keyPair,
    ResilienceEvents events) {

  static Guarding of(
      ResilienceConfig config,
      RateShare share,
      Surroundings surroundings,
      SigningKeys keys,
      ResilienceEvents events) {
    return new Guarding(
        config,
        surroundings,
        new Gate(config, share, surroundings, events),
        new Budget(config.retry().budget(), config.retry().floor()),
        new KeyPair(keys, surroundings.timer(), events),
        events);
  }

  Backoff backoff() {
    return new Backoff(config.retry().base(), config.retry().cap());
  }

  /** Comes after the delay; a cancellation takes it out of the timer. */
  Uni<Void> after(Duration delay) {
    Uni<Void> now = Uni.createFrom().voidItem();
    return delay.isZero() ? now : now.onItem().delayIt().onExecutor(surroundings.timer()).by(delay);
  }
}
