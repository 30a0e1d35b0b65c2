package io.planwarden.request;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Writes the lines of {@link AccessLog} on a thread of its own: an event loop must not wait for
 * whoever reads the log. Lines that the reader cannot keep up with are left out. Where the log is
 * JSON, each is one object, else one line for people. Thread-safe.
 */
@Singleton
class AccessLines {
  static final String LOGGER = "access";

  private static final Logger LOG = Logger.getLogger(LOGGER);
  private static final int MOST = 4096;
  // Of these one message is made where the log is JSON; a message costs more than a line.
  private static final int SOME = 256;
  private static final Duration LAST_LINES = Duration.ofSeconds(1);
  // To wake the thread for each line would cost the event loops more than the lines do.
  private static final Duration TOGETHER = Duration.ofMillis(20);

  private final BlockingQueue<AccessEvent> events = new ArrayBlockingQueue<>(MOST);
  private final Thread thread = new Thread(this::run, "access-log");
  private final boolean json;

  AccessLines(Config config) {
    this.json =
        config.getOptionalValue("quarkus.log.console.json.enabled", Boolean.class).orElse(false);
    thread.setDaemon(true);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    thread.interrupt();
    thread.join(LAST_LINES.toMillis());
  }

  boolean areWanted() {
    return LOG.isInfoEnabled();
  }

  /** Does not wait. */
  void add(AccessEvent event) {
    // One too many is not missed: the log says what it can.
    boolean ignored = events.offer(event);
  }

  private void run() {
    List<AccessEvent> some = new ArrayList<>();
    try {
      while (true) {
        some.add(events.take());
        writeAll(some);
        LockSupport.parkNanos(TOGETHER.toNanos());
      }
    } catch (InterruptedException e) {
      writeAll(some);
    }
  }

  /** Those, and all that wait behind them. */
  private void writeAll(List<AccessEvent> some) {
    events.drainTo(some, SOME - some.size());
    while (!some.isEmpty()) {
      write(some);
      some.clear();
      events.drainTo(some, SOME);
    }
  }

  private void write(List<AccessEvent> some) {
    if (json) {
      write(() -> AccessEvent.json(some));
    } else {
      some.forEach(event -> write(event::text));
    }
  }

  private static void write(Supplier<String> lines) {
    try {
      LOG.info(lines.get());
    } catch (RuntimeException e) {
      // One line must not end the thread, and with it all that come after.
      LOG.error("requests could not be logged", e);
    }
  }
}
