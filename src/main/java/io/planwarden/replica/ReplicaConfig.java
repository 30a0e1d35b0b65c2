package io.planwarden.replica;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** This process as one of several that share a store. */
@ConfigMapping(prefix = "planwarden.replica")
public interface ReplicaConfig {
  /**
   * How many replicas run at most, those that a rolling update starts besides among them; one more
   * does not start. On SQLite it is 1. The limits per caller are divided by it.
   */
  @WithDefault("1")
  int count();

  /**
   * How long the others wait for a replica that is not heard of before they take over what it
   * holds; 3 s at least.
   */
  @WithDefault("10s")
  Duration lease();
}
