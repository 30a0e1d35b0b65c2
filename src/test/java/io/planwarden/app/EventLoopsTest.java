package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.VertxOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
  private final VertxOptions options = new VertxOptions().setEventLoopPoolSize(7);

  @Test
  void nothingChosen_makesOneForEachProcessor() {
    customize(Map.of());

    assertThat(options.getEventLoopPoolSize())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void aNumberThatIsChosen_isLeftAsThePlatformSetIt() {
    customize(Map.of("quarkus.vertx.event-loops-pool-size", "7"));

    assertThat(options.getEventLoopPoolSize()).isEqualTo(7);
  }

  private void customize(Map<String, String> properties) {
    new EventLoops(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build())
        .accept(options);
  }
}
