package io.planwarden.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** The connections that the application reads an SQLite file with. */
@QuarkusTest
class ReaderTest {
  @Inject Store store;

  @Test
  void reader_waitsForWhoeverFoldsTheWal() throws Exception {
    try (Connection connection = store.reader();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA busy_timeout")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5_000);
    }
  }
}
