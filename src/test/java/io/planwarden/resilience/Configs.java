package io.planwarden.resilience;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The configuration with its defaults but for what a test says. */
final class Configs {
  private Configs() {}

  static ResilienceConfig with(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("planwarden.upstream." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(ResilienceConfig.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(ResilienceConfig.class);
  }
}
