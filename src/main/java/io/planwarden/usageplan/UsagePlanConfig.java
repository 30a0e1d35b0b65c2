package io.planwarden.usageplan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Rules for what callers may set on usage plans and as default limits. */
@ConfigMapping(prefix = "planwarden.usage-plan")
public interface UsagePlanConfig {
  /**
   * Whether an edit, a patch or default limits may set a quota to 0; a create never may. NCP does
   * not document whether that blocks every call or lifts the limit.
   */
  @WithDefault("false")
  boolean allowZeroQuota();
}
