package io.planwarden.app;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Traces are sent where an endpoint is named, and only there: either in the platform's own settings
 * or in the standard's, such as {@code OTEL_EXPORTER_OTLP_ENDPOINT}, which the platform does not
 * read by itself.
 */
public final class TracingSwitch implements ConfigSourceFactory {
  private static final String PLATFORM = "quarkus.";
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final String TRACES_ENDPOINT = "otel.exporter.otlp.traces.endpoint";
  private static final List<String> STANDARD =
      List.of(
          ENDPOINT,
          TRACES_ENDPOINT,
          "otel.exporter.otlp.protocol",
          "otel.exporter.otlp.traces.protocol",
          "otel.exporter.otlp.headers",
          "otel.exporter.otlp.traces.headers");
  // Above the settings in the jar, below whatever an operator says.
  private static final int ORDINAL = 260;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Map<String, String> settings = new HashMap<>();
    for (String name : STANDARD) {
      String value = given(context, name);
      if (value != null) {
        settings.put(PLATFORM + name, value);
      }
    }
    boolean on =
        settings.containsKey(PLATFORM + ENDPOINT)
            || settings.containsKey(PLATFORM + TRACES_ENDPOINT)
            || given(context, PLATFORM + ENDPOINT) != null
            || given(context, PLATFORM + TRACES_ENDPOINT) != null;
    boolean forbidden = Boolean.parseBoolean(given(context, "otel.sdk.disabled"));
    settings.put("quarkus.otel.sdk.disabled", String.valueOf(!on || forbidden));
    return List.of(new PropertiesConfigSource(settings, "tracing", ORDINAL));
  }

  /** What somebody has set, null if nobody has; the platform's defaults count for nothing. */
  private static @Nullable String given(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    boolean isDefault = value == null || value.getConfigSourceOrdinal() < 0;
    return isDefault || value.getValue() == null || value.getValue().isBlank()
        ? null
        : value.getValue();
  }
}
