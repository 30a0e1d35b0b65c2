package io.planwarden.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for changes. */
@ConfigMapping(prefix = "planwarden.change")
public interface ChangeConfig {
  /** How long a change waits for others of the same target. */
  @WithDefault("10s")
  Duration lockWait();
}
