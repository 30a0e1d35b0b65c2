package io.planwarden.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the catalog of stages is believed; each replica has its own. */
@ConfigMapping(prefix = "planwarden.catalog")
public interface CatalogConfig {
  /** How long a reading of all stages is used. */
  @WithDefault("5m")
  Duration timeToLive();

  /** How long a stage that was not found is not looked for again. */
  @WithDefault("60s")
  Duration missTimeToLive();
}
