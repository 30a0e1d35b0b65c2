package io.planwarden.audit;

import io.planwarden.storage.Store;
import io.planwarden.storage.TestStore;
import io.planwarden.storage.WriteConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** The store of a test, as the application has it. */
class OneStore implements Store {
  private final TestStore database;

  OneStore(TestStore database) {
    this.database = database;
  }

  /** An audit in it, which writes. */
  Audit audit(ScheduledExecutorService timer) {
    return audit(timer, new WriterFixture.Quick(4096));
  }

  Audit audit(ScheduledExecutorService timer, AuditConfig config) {
    Audit audit = new Audit(this, config, Clock.systemUTC(), timer, new WriterFixture.Deaf());
    audit.start();
    return audit;
  }

  @Override
  public void open(String mode) {}

  @Override
  public WriteConnection writer(Duration patience) {
    return database.writer();
  }

  @Override
  public Connection reader() throws SQLException {
    return database.connect();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Connection aside(Duration patience) {
    throw new UnsupportedOperationException();
  }
}
