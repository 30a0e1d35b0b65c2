package io.planwarden.storage;

import io.planwarden.change.ScaledTime;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** An application on a PostgreSQL database of its own, with durations scaled down. */
public final class PostgresProfile implements QuarkusTestProfile {
  private static final String DATABASE = "application";
  private static final String PASSWORD = "of the tests: $%";

  /** The address of that database. */
  public static String url() {
    return PostgresServer.url(DATABASE);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    TestPostgres.administer("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
    String user = PostgresServer.WITH_PASSWORD + "_application";
    TestPostgres.administer("DROP ROLE IF EXISTS " + user);
    TestPostgres.administer("CREATE ROLE " + user + " LOGIN PASSWORD '" + PASSWORD + "'");
    TestPostgres.administer("CREATE DATABASE " + DATABASE + " OWNER " + user);
    Map<String, String> config = new TreeMap<>(new ScaledTime().getConfigOverrides());
    config.put("planwarden.storage.kind", "postgresql");
    config.put("planwarden.storage.url", url().replaceFirst("\\?.*", ""));
    config.put("planwarden.storage.username", user);
    config.put("planwarden.storage.password-file", mounted().toString());
    return config;
  }

  private static Path mounted() {
    try {
      Path folder = Files.createDirectories(Path.of("target/test-data"));
      return Files.writeString(
          Files.createTempFile(folder, "planwarden", ".password"), PASSWORD + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
