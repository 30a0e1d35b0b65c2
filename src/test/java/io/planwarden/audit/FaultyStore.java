package io.planwarden.audit;

import io.planwarden.storage.Continuity;
import io.planwarden.storage.TestStore;
import io.planwarden.storage.WriteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A real store that fails at the moments that a test chooses. */
final class FaultyStore implements WriteConnection {
  /** What befalls the commits that follow. */
  enum Fault {
    NONE,
    NO_BEGIN,
    COMMIT_FAILS,
    /** The worst: it is durable, and says that it failed. */
    COMMIT_FAILS_BUT_IS_DURABLE
  }

  private final TestStore store;
  private final WriteConnection real;
  volatile Fault fault = Fault.NONE;

  /** After how many more beginnings the fault shows. */
  volatile int grace;

  private Connection connection;
  private long changesBefore;
  private volatile boolean once;
  private volatile CountDownLatch stall = new CountDownLatch(0);
  final Semaphore stalled = new Semaphore(0);

  FaultyStore(TestStore store, WriteConnection real) {
    this.store = store;
    this.real = real;
  }

  /** Makes the next commits hang until {@link #flow}. */
  void stall() {
    stall = new CountDownLatch(1);
  }

  /** Makes the next commit that writes say that it failed, although it did not. */
  void failOnce() {
    once = true;
  }

  void flow() {
    stall.countDown();
  }

  @Override
  public Connection begin(Continuity continuity) throws SQLException {
    if (fault == Fault.NO_BEGIN && grace-- <= 0) {
      throw new SQLException("no begin");
    }
    connection = real.begin(continuity);
    changesBefore = store.writes(connection);
    return connection;
  }

  /** Whether the transaction has written; the writer's own looks do not. */
  private boolean writes() throws SQLException {
    return store.writes(connection) != changesBefore;
  }

  @Override
  public void commit() throws SQLException {
    boolean writes = writes();
    if (writes && stall.getCount() > 0) {
      stalled.release();
      try {
        stall.await();
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
    }
    if (fault == Fault.COMMIT_FAILS && grace-- <= 0) {
      throw new SQLException("commit failed");
    }
    real.commit();
    if (writes && once) {
      once = false;
      throw new SQLException("commit failed, it says");
    }
    if (fault == Fault.COMMIT_FAILS_BUT_IS_DURABLE && grace-- <= 0) {
      throw new SQLException("commit failed, it says");
    }
  }

  @Override
  public void rest() throws SQLException {
    real.rest();
  }

  @Override
  public void tryOut(Continuity continuity) throws SQLException {
    if (fault != Fault.NONE && grace-- <= 0) {
      throw new SQLException("no trial");
    }
    real.tryOut(continuity);
  }

  @Override
  public boolean isShared() {
    return real.isShared();
  }

  @Override
  public String explain(SQLException failure) {
    return real.explain(failure);
  }

  @Override
  public void discard() {
    real.discard();
  }
}
