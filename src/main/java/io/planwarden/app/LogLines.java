package io.planwarden.app;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.Config;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Has lines that are JSON already written as they are. Where the log is JSON, the platform would
 * make them the message of another object, whatever the format of their handlers says.
 */
@Singleton
class LogLines {
  private static final int BEFORE_THE_START = 1;
  private static final String LINE = "%s%n";

  private final boolean json;

  LogLines(Config config) {
    this.json =
        config.getOptionalValue("quarkus.log.console.json.enabled", Boolean.class).orElse(false);
  }

  void asTheyAre(@Observes @Priority(BEFORE_THE_START) StartupEvent event) {
    if (json) {
      asTheyAre("audit");
      asTheyAre("access");
    }
  }

  private static void asTheyAre(String logger) {
    for (Handler handler : LogContext.getLogContext().getLogger(logger).getHandlers()) {
      handler.setFormatter(new PatternFormatter(LINE));
    }
  }
}
