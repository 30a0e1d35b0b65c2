package io.planwarden.audit;

import io.planwarden.storage.StoreFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is being made. It appears under its name when it is whole, never before, and never in
 * the place of another file; what is left of it at the end is removed, and nobody else's.
 */
record PartFile(Path path, Path name) implements AutoCloseable {

  /**
   * Begins an empty one.
   *
   * @throws FileAlreadyExistsException if there is a file of that name, or a part of one
   */
  static PartFile of(Path name) throws IOException {
    if (Files.exists(name)) {
      throw new FileAlreadyExistsException(name.toString());
    }
    Path part = name.resolveSibling(name.getFileName() + ".part");
    try {
      return new PartFile(Files.createFile(part), name);
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(
          part.toString(),
          null,
          "another run is making it, or one was killed: if no audit command runs any more on a"
              + " machine or in a container that has this folder, remove it and run this again");
    }
  }

  /** Gives it its name; returns when all of it is on disk. */
  void finish() throws IOException {
    StoreFile.sync(path);
    StoreFile.name(path, name);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
