package io.planwarden.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The password of PostgreSQL's user: a setting, or a file.
 *
 * @param file read for each new connection, so that a password can be replaced without a restart
 */
record PostgresPassword(Optional<String> value, Optional<Path> file) {
  static final PostgresPassword NONE = new PostgresPassword(Optional.empty(), Optional.empty());

  static PostgresPassword of(StorageConfig config) {
    return new PostgresPassword(config.password(), config.passwordFile());
  }

  /**
   * As it is now, null if there is none.
   *
   * @throws StoreTrouble if its file cannot be read
   */
  @Nullable String read() throws StoreTrouble {
    if (file.isEmpty()) {
      return value.orElse(null);
    }
    try {
      // Editors and echo end a file with a line end, which is no part of the password.
      return Files.readString(file.get()).replaceFirst("[\\r\\n]+$", "");
    } catch (IOException e) {
      throw new StoreTrouble(
          "The password file %s of PostgreSQL cannot be read.".formatted(file.get()));
    }
  }

  @Override
  public String toString() {
    return file.map(Path::toString).orElse("***");
  }
}
