package io.planwarden.ncp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory with a key pair as Kubernetes mounts a secret: the files are links by way of a link
 * named {@code ..data}, which alone is exchanged, in one step; the old files are then removed.
 */
public final class MountedKeys {
  private static final Path DATA = Path.of("..data");

  private final Path directory;
  private int version;

  /** Begins with this pair. */
  public MountedKeys(Path directory, String accessKey, String secretKey) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      swap(accessKey, secretKey);
      for (String file : new String[] {"access-key", "secret-key"}) {
        Files.createSymbolicLink(directory.resolve(file), DATA.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  /** Exchanges the pair in one step. */
  public void swap(String accessKey, String secretKey) {
    try {
      Path old = directory.resolve("..v" + version);
      Path next = Files.createDirectory(directory.resolve("..v" + ++version));
      Files.writeString(next.resolve("access-key"), accessKey + "\n");
      Files.writeString(next.resolve("secret-key"), secretKey + "\n");
      Path link = directory.resolve("..data_tmp");
      Files.createSymbolicLink(link, next.getFileName());
      Files.move(link, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
      remove(old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path old) throws IOException {
    if (Files.exists(old)) {
      try (Stream<Path> files = Files.walk(old)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
