package io.planwarden.storage;

import io.planwarden.change.ScaledTime;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.TreeMap;

/** An application on a PostgreSQL database of its own, with durations scaled down. */
public final class PostgresProfile implements QuarkusTestProfile {
  private static final String DATABASE = "application";

  /** The address of that database. */
  public static String url() {
    return PostgresServer.url(DATABASE);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    TestPostgres.administer("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
    TestPostgres.administer("CREATE DATABASE " + DATABASE);
    Map<String, String> config = new TreeMap<>(new ScaledTime().getConfigOverrides());
    config.put("planwarden.storage.kind", "postgresql");
    config.put("planwarden.storage.url", url());
    config.put("planwarden.storage.username", "postgres");
    return config;
  }
}
