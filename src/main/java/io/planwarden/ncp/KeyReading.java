package io.planwarden.ncp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key pair as two files had it at one moment.
 *
 * @param home the directory that both files really are in; null if it is not one
 * @param writtenAt when the newer file was written
 */
record KeyReading(Credentials credentials, @Nullable Path home, Instant writtenAt) {
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_TRIES = 5;

  /** One file at one moment. */
  private record Copy(Path file, Object state, Instant writtenAt, String key) {}

  /**
   * Reads the pair, again and again until neither link nor file changed meanwhile.
   *
   * @throws KeyFileFault if a file cannot be read, has no key in it, or does not come to rest
   */
  static KeyReading of(KeyPlace.Files files) {
    for (int tries = 0; ; tries++) {
      try {
        Copy accessKey = copy(files.accessKey());
        if (!Credentials.isAccessKey(accessKey.key())) {
          throw new KeyFileFault(
              files.accessKey(), "has more in it than an access key may be long");
        }
        Copy secretKey = copy(files.secretKey());
        if (isAsBefore(accessKey, files.accessKey()) && isAsBefore(secretKey, files.secretKey())) {
          return of(accessKey, secretKey);
        }
        if (tries >= MOST_TRIES) {
          throw new KeyFileFault(files.accessKey(), "changes while it is read");
        }
      } catch (KeyFileFault e) {
        // What is missing or empty may be about to be exchanged: then the next look finds it.
        if (tries >= MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /** Whether both files moved together into another directory, so that they belong together. */
  boolean isMovedFrom(KeyReading before) {
    return home != null && !Objects.equals(home, before.home);
  }

  private static KeyReading of(Copy accessKey, Copy secretKey) {
    Path home = accessKey.file().getParent();
    boolean together = home != null && home.equals(secretKey.file().getParent());
    Instant newer =
        accessKey.writtenAt().isAfter(secretKey.writtenAt())
            ? accessKey.writtenAt()
            : secretKey.writtenAt();
    return new KeyReading(
        new Credentials(accessKey.key(), new Secret(secretKey.key())),
        together ? home : null,
        newer);
  }

  private static Copy copy(Path path) {
    try {
      Path file = path.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // A pipe or a device would keep the reader waiting.
      if (!attributes.isRegularFile()) {
        throw new KeyFileFault(path, "is no regular file");
      }
      return new Copy(
          file, state(attributes), attributes.lastModifiedTime().toInstant(), key(path, file));
    } catch (NoSuchFileException e) {
      throw new KeyFileFault(path, "does not exist");
    } catch (IOException e) {
      throw new KeyFileFault(path, "cannot be read");
    }
  }

  private static String key(Path path, Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new KeyFileFault(path, "is larger than " + MOST_BYTES + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
    } catch (CharacterCodingException e) {
      throw new KeyFileFault(path, "is no text");
    }
    if (text.isEmpty()) {
      throw new KeyFileFault(path, "is empty");
    }
    // An access key is of the same characters, and shorter.
    if (!Secret.isSecretKey(text)) {
      throw new KeyFileFault(path, "has more in it than one key of visible ASCII characters");
    }
    return text;
  }

  private static boolean isAsBefore(Copy copy, Path path) {
    try {
      Path file = path.toRealPath();
      return file.equals(copy.file())
          && state(Files.readAttributes(file, BasicFileAttributes.class)).equals(copy.state());
    } catch (IOException e) {
      return false;
    }
  }

  private static Object state(BasicFileAttributes attributes) {
    record State(Instant modified, long size, @Nullable Object fileKey) {}
    return new State(
        attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
  }
}
