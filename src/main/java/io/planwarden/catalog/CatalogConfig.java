package io.planwarden.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the catalog of stages is believed; each replica has its own. */
@ConfigMapping(prefix = "planwarden.catalog")
public interface CatalogConfig {
  /**
   * How long a reading of all stages is used, from its end on. What is older is read anew behind
   * the next request, which is answered from it all the same.
   */
  @WithDefault("5m")
  Duration timeToLive();

  /**
   * How long a stage that was not found is not looked for again, and stages that could not be read
   * are not read behind a request.
   */
  @WithDefault("60s")
  Duration missTimeToLive();
}
