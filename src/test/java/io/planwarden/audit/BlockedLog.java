package io.planwarden.audit;

import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A log that takes nothing until it is closed. */
final class BlockedLog extends Handler implements AutoCloseable {
  private final Logger logger;
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  /** The log of the audit's rows. */
  BlockedLog() {
    this("audit");
  }

  BlockedLog(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
  }

  void awaitBlocked() {
    await(blocked);
  }

  @Override
  public void publish(LogRecord event) {
    blocked.countDown();
    await(free);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    free.countDown();
  }
}
