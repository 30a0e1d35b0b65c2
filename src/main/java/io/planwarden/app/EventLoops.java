package io.planwarden.app;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/**
 * As many event loops as processors, unless configuration says otherwise. The platform would make
 * twice as many; as nothing blocks them, the second of a processor only takes turns with the first.
 */
@Singleton
class EventLoops implements VertxOptionsCustomizer {
  private static final String CHOSEN = "quarkus.vertx.event-loops-pool-size";

  private final Config config;

  EventLoops(Config config) {
    this.config = config;
  }

  @Override
  public void accept(VertxOptions options) {
    if (config.getOptionalValue(CHOSEN, Integer.class).isEmpty()) {
      options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
  }
}
