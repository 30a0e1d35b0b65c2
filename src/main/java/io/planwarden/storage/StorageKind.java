package io.planwarden.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which database the audit is kept in. */
public enum StorageKind {
  /** A file, for one process. */
  SQLITE,
  /** A server, which several processes share. */
  POSTGRESQL;

  /** The word in configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that the word stands for, if there is one. */
  public static Optional<StorageKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
