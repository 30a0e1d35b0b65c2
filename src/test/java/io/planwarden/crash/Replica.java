package io.planwarden.crash;

import io.planwarden.app.AppProcess;
import io.planwarden.storage.TestPostgres;
import java.util.HashMap;
import java.util.Map;

/** One of several processes on one database, each with a user of its own. */
final class Replica implements AutoCloseable {
  private final String user;
  private final Map<String, String> environment;
  private AppProcess process;

  Replica(String user, String database, Map<String, String> settings) {
    this.user = user;
    this.environment = new HashMap<>(settings);
    environment.put("PLANWARDEN_STORAGE_URL", database);
    environment.put("PLANWARDEN_STORAGE_USERNAME", user);
    TestPostgres.administer("DROP ROLE IF EXISTS " + user);
    TestPostgres.administer("CREATE ROLE " + user + " SUPERUSER LOGIN");
  }

  /** Starts, and does not wait for it. */
  void start() {
    process = AppProcess.service(environment);
  }

  String url() {
    return process.url();
  }

  AppProcess process() {
    return process;
  }

  void kill() throws InterruptedException {
    process.handle().destroyForcibly();
    process.exitCode();
  }

  /** It can no longer reach its database. */
  void cutOff() {
    TestPostgres.administer("ALTER ROLE " + user + " NOLOGIN");
    TestPostgres.administer(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + user + "'");
  }

  void connect() {
    TestPostgres.administer("ALTER ROLE " + user + " LOGIN");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
