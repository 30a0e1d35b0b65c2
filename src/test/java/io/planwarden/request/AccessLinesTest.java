package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines reach the log in order, and nobody waits for whoever reads it. */
class AccessLinesTest {
  private static final int MOST_WAITING = 4096;

  private final Logger log = Logger.getLogger(AccessLines.LOGGER);
  private final Reader reader = new Reader();
  private AccessLines lines = new AccessLines(new SmallRyeConfigBuilder().build());
  private Level level;

  @BeforeEach
  void listen() {
    level = log.getLevel();
    log.setLevel(Level.INFO);
    log.addHandler(reader);
    lines.start(new StartupEvent());
  }

  @AfterEach
  void stop() throws InterruptedException {
    lines.stop(new ShutdownEvent());
    log.removeHandler(reader);
    log.setLevel(level);
  }

  @Test
  void linesUntilTheEnd_areWrittenInOrder() throws InterruptedException {
    lines.add(event("r0"));
    reader.waitUntilItHas("r0");
    lines.add(event("r1"));
    reader.goOn.release();
    // The thread has taken all that waited: what comes now finds it at work when it is ended.
    reader.waitUntilItHas("r1");
    for (int i = 2; i < 100; i++) {
      lines.add(event("r" + i));
    }

    lines.stop(new ShutdownEvent());

    // A slow machine is not through within the time that the end may take.
    Awaitility.await().until(() -> reader.requests.size() >= 100);
    assertThat(reader.requests).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(reader.requests.get(i)).contains("requestId=r" + i + " ");
    }
  }

  @Test
  void jsonThatWaits_isOneMessageWithALineForEach() throws InterruptedException {
    lines.stop(new ShutdownEvent());
    lines =
        new AccessLines(
            new SmallRyeConfigBuilder()
                .withDefaultValue("quarkus.log.console.json.enabled", "true")
                .build());
    lines.start(new StartupEvent());
    lines.add(event("r0"));
    assertThat(reader.reached.poll(10, TimeUnit.SECONDS)).contains("\"requestId\":\"r0\"");
    for (int i = 1; i < 300; i++) {
      lines.add(event("r" + i));
    }

    lines.stop(new ShutdownEvent());

    Awaitility.await().until(() -> reader.requests.size() >= 3);
    assertThat(reader.requests.stream().map(String::lines).map(Stream::count))
        .containsExactly(1L, 256L, 43L);
    List<String> all = reader.requests.stream().flatMap(String::lines).toList();
    for (int i = 0; i < 300; i++) {
      assertThat(all.get(i)).contains("\"requestId\":\"r" + i + "\"");
    }
  }

  @Test
  void readerThatStandsStill_isNotWaitedForAndMissesTheLast() throws InterruptedException {
    lines.add(event("r0"));
    reader.waitUntilItHas("r0");
    for (int i = 1; i < 2 * MOST_WAITING; i++) {
      lines.add(event("r" + i));
    }
    lines.stop(new ShutdownEvent());

    // One was on its way.
    Awaitility.await().until(() -> reader.requests.size() > MOST_WAITING);
    assertThat(reader.requests).hasSize(MOST_WAITING + 1);
    assertThat(reader.requests.get(0)).contains("requestId=r0 ");
  }

  private static AccessEvent event(String requestId) {
    return new AccessEvent(
        Instant.EPOCH,
        requestId,
        "GET",
        "/v1/usage-plans",
        200,
        1.5,
        "anonymous",
        "none",
        "127.0.0.1",
        null,
        null,
        null,
        null,
        false);
  }

  /** Stands still with each line until it may go on, and no more once it is interrupted. */
  private static final class Reader extends Handler {
    private final Semaphore goOn = new Semaphore(0);
    private final BlockingQueue<String> reached = new LinkedBlockingQueue<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    void waitUntilItHas(String requestId) throws InterruptedException {
      assertThat(reached.poll(10, TimeUnit.SECONDS)).contains("requestId=" + requestId + " ");
    }

    @Override
    public void publish(LogRecord event) {
      String line =
          event instanceof ExtLogRecord ext ? ext.getFormattedMessage() : event.getMessage();
      reached.add(line);
      try {
        goOn.acquire();
      } catch (InterruptedException e) {
        goOn.release(2 * MOST_WAITING);
        Thread.currentThread().interrupt();
      }
      requests.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
