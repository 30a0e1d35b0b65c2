package io.planwarden.ncp;

import java.nio.file.Path;

/** A file with a key cannot be used. The message names file and reason, never what is in it. */
public final class KeyFileFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFileFault(Path file, String reason) {
    super("The file " + file + " " + reason + ".", null, false, false);
  }
}
