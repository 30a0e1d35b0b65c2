package io.planwarden.storage;

/** A store made for the sandbox was opened in live mode, or the other way round. */
public final class StoreMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreMismatch(String path, String stamped, String wanted) {
    super(
        "The store %s was made in %s mode and is now opened in %s mode. Set"
                .formatted(path, stamped, wanted)
            + " PLANWARDEN_STORAGE_PATH to another file, or start in "
            + stamped
            + " mode.");
  }
}
