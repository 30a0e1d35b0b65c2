package io.planwarden.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rules for requests as such. */
@ConfigMapping(prefix = "planwarden.request")
public interface RequestConfig {
  /** How long a request may take, from its arrival to the answer. */
  @WithDefault("30s")
  Duration deadline();
}
