package io.planwarden.usageplan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Rules for what callers may set on usage plans and as default limits. */
@ConfigMapping(prefix = "planwarden.usage-plan")
public interface UsagePlanConfig {
  /**
   * Whether a caller may set a quota of an existing plan or of default limits to 0. NCP does not
   * document whether that blocks every call or lifts the limit.
   */
  @WithDefault("false")
  boolean allowZeroQuota();
}
