package io.planwarden.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A real database of our schema, and what can befall it. */
public interface TestStore {
  /** Each kind of store that must keep the same promises. */
  enum Kind {
    SQLITE {
      @Override
      public TestStore open(Path path) {
        return new TestDatabase(path);
      }
    },
    POSTGRESQL {
      @Override
      public TestStore open(Path path) {
        return new TestPostgres(path);
      }
    };

    /** The database of this name; it is made if there is none. */
    public abstract TestStore open(Path path);
  }

  /** A connection that writes as the application's does. */
  WriteConnection writer();

  /** The same, one that soon gives up waiting for others. */
  WriteConnection impatientWriter();

  /** A connection of somebody else. */
  Connection connect() throws SQLException;

  /** Puts it where nobody reaches it, also who is connected already. */
  void takeAway();

  /** Undoes that. */
  void giveBack();

  /** Keeps everybody from writing until it is closed. */
  AutoCloseable lock() throws SQLException;

  /** What a connection has written, in a number that grows with it. */
  long writes(Connection connection) throws SQLException;

  /** The plan of a statement, a step in each line. */
  String plan(String sql) throws SQLException;

  /** Runs a statement on a connection of somebody else. */
  default void execute(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
