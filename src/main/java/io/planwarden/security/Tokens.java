package io.planwarden.security;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the token file, read again when it changes. What changes is its content: Kubernetes
 * swaps a symbolic link, and an editor replaces the file. Thread-safe.
 */
@Singleton
public class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);

  /** What is in use, the content that it came from, and what is wrong with what came later. */
  private record Reading(TokenTable table, byte[] content, @Nullable String fault) {}

  private final @Nullable Path file;
  private volatile @Nullable Reading reading;

  Tokens(SecurityConfig config) {
    boolean used = config.mode().flatMap(SecurityMode::of).orElse(null) == SecurityMode.TOKEN;
    this.file = used ? config.token().file().map(Path::of).orElse(null) : null;
  }

  /**
   * Reads the file for the first time; does nothing in the other modes. Blocks.
   *
   * @throws TokenFileException if it cannot be used
   */
  public synchronized void load() throws TokenFileException {
    if (file != null) {
      byte[] content = read(file);
      reading = new Reading(TokenFile.parse(content), content, null);
    }
  }

  /** Reads the file again; one that cannot be used leaves in use what was. */
  @Scheduled(every = "${planwarden.security.token.reload:5s}")
  synchronized void refresh() {
    Reading known = reading;
    if (file == null || known == null) {
      return;
    }
    try {
      byte[] content = read(file);
      if (Arrays.equals(content, known.content())) {
        reading = new Reading(known.table(), content, null);
      } else {
        TokenTable table = TokenFile.parse(content);
        reading = new Reading(table, content, null);
        LOG.infof("token file read again, tokens=%d", table.entries().size());
      }
    } catch (TokenFileException e) {
      String fault = String.valueOf(e.getMessage());
      if (!fault.equals(known.fault())) {
        LOG.warnf("token file: %s; the last good version stays in use", fault);
      }
      reading = new Reading(known.table(), known.content(), fault);
    }
  }

  private static byte[] read(Path file) throws TokenFileException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TokenFileException("it cannot be read");
    }
  }

  Optional<TokenEntry> find(String token) {
    Reading known = reading;
    return known == null ? Optional.empty() : known.table().find(token);
  }

  /** How many tokens are accepted. */
  int count() {
    Reading known = reading;
    return known == null ? 0 : known.table().entries().size();
  }

  /** What is wrong with the file as it is now, if anything. */
  Optional<String> fault() {
    Reading known = reading;
    return known == null ? Optional.empty() : Optional.ofNullable(known.fault());
  }
}
