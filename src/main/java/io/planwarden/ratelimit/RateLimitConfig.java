package io.planwarden.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/**
 * What one caller may ask of Planwarden. It is counted in windows of ten seconds: of 5 a second, 50
 * in ten seconds, in whatever order. Each replica counts for itself, in memory, and grants its
 * part.
 */
@ConfigMapping(prefix = "planwarden.ratelimit")
public interface RateLimitConfig {
  /** Reads per second of one caller; 0 is no limit. */
  @WithDefault("50")
  @WithConverter(WholeNumber.FromZero.class)
  int reads();

  /** Changes per second of one caller; 0 is no limit. Dry runs are changes. */
  @WithDefault("5")
  @WithConverter(WholeNumber.FromZero.class)
  int changes();

  /**
   * How many processes share the limits; each grants its part. If it is not set, it is {@code
   * planwarden.replica.count}.
   */
  @WithDefault("1")
  @WithConverter(WholeNumber.FromOne.class)
  int replicas();

  /**
   * How many callers are remembered at most. With more of them at once, those that ask least are
   * forgotten, and begin anew.
   */
  @WithDefault("10000")
  @WithConverter(WholeNumber.FromOne.class)
  int callers();
}
