package io.planwarden.replica;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** This process as one of several that share a store. */
@ConfigMapping(prefix = "planwarden.replica")
public interface ReplicaConfig {
  /**
   * How many replicas there are at most, those that a rolling update starts besides among them. On
   * a store that is not shared there is one. The limits per caller are divided by it.
   */
  @WithDefault("1")
  int count();

  /**
   * How long the others wait for a replica that is not heard of before they take over what it
   * holds; at least three seconds.
   */
  @WithDefault("10s")
  Duration lease();
}
