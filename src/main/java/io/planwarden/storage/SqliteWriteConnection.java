package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteOpenMode;

/** The writing connection to an SQLite file in WAL mode; a commit returns after its fsync. */
final class SqliteWriteConnection implements WriteConnection {
  private static final Logger LOG = Logger.getLogger(SqliteWriteConnection.class);

  // Room for the next rows, not only for one that fits into a page that is there already.
  private static final String FILL = "UPDATE store_probe SET filler = zeroblob(65536)";
  private static final String EMPTY = "UPDATE store_probe SET filler = x''";

  private final SqliteFile file;
  private final Runnable closeReaders;
  private final SQLiteConfig config;
  private final OneConnection one = new OneConnection();
  private boolean written;

  SqliteWriteConnection(SqliteFile file, Runnable closeReaders, SQLiteConfig config) {
    this.file = file;
    this.closeReaders = closeReaders;
    this.config = config;
  }

  /** The settings that the promise of the audit rests on. */
  static SQLiteConfig durable() {
    SQLiteConfig config = new SQLiteConfig();
    // A file that is not there is never made here.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setBusyTimeout(500);
    // Nobody asks for them, and each would be a statement of its own behind an insert.
    config.setGetGeneratedKeys(false);
    // Pages of 4 KiB: what is written again and again is folded into the file less often.
    config.setPragma(Pragma.WAL_AUTOCHECKPOINT, "4000");
    // KiB; the pages that rows and their index are added to are not read again for each of them.
    config.setPragma(Pragma.CACHE_SIZE, "-8000");
    return config;
  }

  @Override
  public Connection begin(Continuity continuity) throws SQLException {
    EventLoopGuard.check();
    Connection connection = connection(continuity);
    // The driver begins here and commits in setAutoCommit(true); commit() would begin anew at once.
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void commit() throws SQLException {
    one.begun().setAutoCommit(true);
    written = true;
    file.confirm();
  }

  @Override
  public void rest() throws SQLException {
    file.confirmRoom();
    if (written && one.open() != null) {
      one.execute("PRAGMA wal_checkpoint(PASSIVE)");
      written = false;
    }
  }

  @Override
  public void tryOut(Continuity continuity) throws SQLException {
    connection(continuity);
    file.confirmRoom();
    one.execute(FILL);
    one.execute(EMPTY);
    file.confirm();
  }

  @Override
  public void discard() {
    one.discard();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public String explain(SQLException failure) {
    return SqliteFailure.explain(file.path(), failure);
  }

  private Connection connection(Continuity continuity) throws SQLException {
    if (file.isReplaced()) {
      takeOver(continuity);
      file.confirm();
    }
    Connection connection = one.open();
    if (connection == null) {
      connection = one.keep(config.createConnection("jdbc:sqlite:" + file.path()));
      // A file exchanged between the look and the opening shows here.
      file.confirm();
      continuity.check(connection);
      // The first reading makes the WAL.
      one.execute("SELECT only_row FROM store_probe");
      file.rememberWal();
    }
    return connection;
  }

  /** Goes on with the file that is there now, if it holds all that was acknowledged. */
  private void takeOver(Continuity continuity) throws SQLException {
    SQLiteConfig reading = new SQLiteConfig();
    reading.setReadOnly(true);
    // Immutable: looks at the file alone, not at the WAL beside it, which is that of the old one.
    String url = "jdbc:sqlite:file:" + file.path().toUri().getRawPath();
    try (Connection candidate = reading.createConnection(url + "?immutable=1")) {
      continuity.check(candidate);
    } catch (StoreTrouble e) {
      throw e;
    } catch (SQLException e) {
      throw new StoreTrouble(
          "The database file %s was replaced by one that is none of ours: ".formatted(file.path())
              + "put back the right one, or restart.",
          e);
    }
    discard();
    closeReaders.run();
    file.removeLeftOver();
    file.adopt();
    LOG.warnf("the database file %s was replaced by one that holds all of it", file.path());
  }
}
