package io.planwarden.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** How to reach a PostgreSQL database. Parameters of the URL come before what is set here. */
record PostgresLogin(String url, @Nullable String username, PostgresPassword password) {
  private static final String SCHEME = "jdbc:postgresql:";

  static PostgresLogin of(StorageConfig config) {
    return new PostgresLogin(
        config.url().orElse(SCHEME), config.username().orElse(null), PostgresPassword.of(config));
  }

  /** Host and database in words, without parameters: these may hold secrets. */
  String place() {
    String address = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : url;
    int parameters = address.indexOf('?');
    String bare = parameters < 0 ? address : address.substring(0, parameters);
    return "PostgreSQL database " + bare.replaceFirst("^/+", "");
  }

  /**
   * A connection of its own, outside every pool.
   *
   * @param patience how long to wait for the connection; for an answer twice as long, so that the
   *     server's own timeouts come first
   */
  Connection connect(Duration patience) throws SQLException {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "planwarden");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds(patience));
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds(patience.multipliedBy(2)));
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds(patience.multipliedBy(2)));
    if (username != null) {
      PGProperty.USER.set(properties, username);
    }
    String current = password.read();
    if (current != null) {
      PGProperty.PASSWORD.set(properties, current);
    }
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the URL is none of PostgreSQL");
    }
    return connection;
  }

  /** Whole seconds, rounded up; 0 would be for ever. */
  private static int seconds(Duration duration) {
    return (int) Math.max(1, duration.plusMillis(999).toSeconds());
  }

  @Override
  public String toString() {
    return place();
  }
}
