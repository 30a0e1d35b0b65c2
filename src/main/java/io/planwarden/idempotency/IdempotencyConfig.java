package io.planwarden.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for Idempotency-Key. */
@ConfigMapping(prefix = "planwarden.idempotency")
public interface IdempotencyConfig {
  /** How long a key is kept from its first use on. */
  @WithDefault("24h")
  Duration keep();

  /** Whether a POST that changes something in NCP is refused without a key, dry runs among them. */
  @WithDefault("false")
  boolean requireForPost();
}
