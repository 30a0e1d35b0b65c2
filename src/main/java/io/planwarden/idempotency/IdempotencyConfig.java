package io.planwarden.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for {@code Idempotency-Key}; see docs/idempotency.md. */
@ConfigMapping(prefix = "planwarden.idempotency")
public interface IdempotencyConfig {
  /** How long a key is kept from its first use on. */
  @WithDefault("24h")
  Duration keep();

  /**
   * Whether a POST that changes something in NCP, or tries to with a dry run, is refused without a
   * key (400).
   */
  @WithDefault("false")
  boolean requireForPost();
}
